"""encoder: a pretrained BERT-like encoder (BERT or MPNet) in plain PyTorch, and the heads of a parser on it.

In: word pieces of sentences, the first piece of each word. Out: scores of heads, relations, tag groups.
Example: Parser(config, sizes)(batch) -> arcs [B, N, N + 1], relations(heads) [B, N, R], tags: one [B, N, size] a group.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn


class Layer(nn.Module):
    def __init__(self, width, heads, inner, eps, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)

    def forward(self, x, mask):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        p = self.dropout if self.training else 0.0
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype), dropout_p=p)
        y = self.out(y.transpose(1, 2).reshape(b, n, d))
        x = self.norm1(x + F.dropout(y, self.dropout, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, self.dropout, self.training))


class Encoder(nn.Module):
    """config: pieces, places, width, layers, heads, inner, eps, first_place, relative (buckets of MPNet, or 0)."""

    def __init__(self, c, dropout=0.1):
        super().__init__()
        self.config, self.dropout = c, dropout
        self.piece = nn.Embedding(c["pieces"], c["width"])
        self.place = nn.Embedding(c["places"], c["width"])
        self.norm = nn.LayerNorm(c["width"], eps=c["eps"])
        self.layers = nn.ModuleList(
            Layer(c["width"], c["heads"], c["inner"], c["eps"], dropout) for _ in range(c["layers"]))
        if c["relative"]:
            self.relative = nn.Embedding(c["relative"], c["heads"])

    def bias(self, n, device):
        """MPNet's bias of attention by distance [1, heads, n, n] (buckets as in T5)."""
        at = torch.arange(n, device=device)
        delta = at[:, None] - at[None, :]
        half = self.config["relative"] // 2
        exact = half // 2
        bucket = (delta < 0).long() * half
        far = delta.abs()
        large = exact + (torch.log(far.clamp(min=1).float() / exact) / math.log(128 / exact) * (half - exact)).long()
        bucket = bucket + torch.where(far < exact, far, large.clamp(max=half - 1))
        return self.relative(bucket).permute(2, 0, 1)[None]

    def forward(self, pieces, lengths):
        """Outputs of all layers, the embeddings first."""
        n = pieces.shape[1]
        at = torch.arange(n, device=pieces.device)
        at_most = self.config["places"] - 1
        x = self.norm(self.piece(pieces) + self.place((at + self.config["first_place"]).clamp(max=at_most))[None])
        x = F.dropout(x, self.dropout, self.training)
        mask = torch.where(at[None, None, None] < lengths[:, None, None, None], 0.0, -1e4)
        if self.config["relative"]:
            mask = mask + self.bias(n, pieces.device)
        else:
            mask = mask.expand(-1, 1, n, -1)
        outputs = [x]
        for layer in self.layers:
            outputs.append(layer(outputs[-1], mask))
        return outputs


class Parser(nn.Module):
    """Deep biaffine parser (Dozat & Manning 2017) and taggers on a learnt mix of the encoder's layers."""

    def __init__(self, config, tag_sizes, relations, shapes, width=384, narrow=192, dropout=0.25):
        super().__init__()
        self.encoder, self.dropout = Encoder(config), dropout
        d = config["width"]
        self.mix = nn.Parameter(torch.zeros(2, config["layers"] + 1))
        self.shape = nn.Embedding(shapes, d)
        nn.init.normal_(self.shape.weight, std=0.02)
        self.root = nn.Parameter(torch.randn(d) * 0.02)
        self.views = nn.Linear(d, 2 * width + 2 * narrow)
        self.arc = nn.Parameter(torch.randn(width + 1, width) * 0.01)
        self.relation = nn.Parameter(torch.randn(relations, narrow + 1, narrow + 1) * 0.01)
        self.width, self.narrow, self.tag_sizes = width, narrow, tag_sizes
        self.tag_hidden = nn.Linear(d, 512)
        self.tags = nn.Linear(512, sum(tag_sizes))

    def forward(self, batch):
        outputs = self.encoder(batch["pieces"], batch["piece_count"])
        weights = torch.softmax(self.mix, 1)
        first = batch["first"]
        rows = torch.arange(len(first), device=first.device)[:, None]
        words = [x[rows, first] for x in outputs]
        shape = self.shape(batch["shape"])
        tree = sum(w * x for w, x in zip(weights[0], words)) + shape
        tag = sum(w * x for w, x in zip(weights[1], words)) + shape
        drop = lambda x: F.dropout(x, self.dropout, self.training)
        tree = torch.cat([self.root.to(tree.dtype).expand(len(first), 1, -1), tree], 1)
        views = drop(F.leaky_relu(self.views(drop(tree)), 0.1))
        dependent, head, p, q = views.split([self.width, self.width, self.narrow, self.narrow], 2)
        dependent, self.p = dependent[:, 1:], p[:, 1:]
        self.q = q
        one = torch.ones_like(dependent[..., :1])
        arcs = torch.cat([dependent, one], 2) @ self.arc.to(head.dtype) @ head.transpose(1, 2)
        arcs = arcs.float()
        n = arcs.shape[1]
        at = torch.arange(n + 1, device=arcs.device)
        arcs = arcs.masked_fill(at[None, None] > batch["count"][:, None, None], -1e4)
        arcs = arcs.masked_fill(at[None, None] == at[None, 1:, None], -1e4)
        tags = self.tags(drop(F.leaky_relu(self.tag_hidden(drop(tag)), 0.1))).float()
        return arcs, tags.split(self.tag_sizes, 2)

    def relations(self, heads):
        """Scores of the relations to given heads (0 the root)."""
        rows = torch.arange(len(heads), device=heads.device)[:, None]
        q = self.q[rows, heads]
        one = torch.ones_like(q[..., :1])
        p, q = torch.cat([self.p, one], 2), torch.cat([q, one], 2)
        return torch.einsum("bnx,rxy,bny->bnr", p, self.relation.to(p.dtype), q).float()
