# What passed between two countries over time: docs/r.md explains it. Made from there by tools/r-document.
#   karaka code --same - --to csv samples/relation.jsonl >events.csv && Rscript samples/relation.R

events <- read.csv("events.csv", colClasses = "character", na.strings = "", encoding = "UTF-8")
for (number in c("quad", "goldstein", "lat", "lon", "mentions"))
  events[[number]] <- as.numeric(events[[number]])
for (flag in c("mutual", "headline"))
  events[[flag]] <- events[[flag]] == "true"
cat(nrow(events), "events in", length(unique(events$doc)), "documents\n")
print(table(events$type))

events$told <- !is.na(events$time_start)
events$day <- as.Date(ifelse(events$told, events$time_start, substr(events$published, 1, 10)))
cat(sum(events$told), "of", nrow(events), "events tell their day;",
    format(min(events$day)), "to", format(max(events$day)), "\n")

countries <- function(codes)
  lapply(strsplit(ifelse(is.na(codes), "", codes), ";"), function(code) unique(sub(" .*", "", code)))
has <- function(codes, country) vapply(countries(codes), function(found) country %in% found, NA)

pair <- c("JPN", "KOR")
forth <- has(events$actor_codes, pair[1]) & has(events$recipient_codes, pair[2])
back <- has(events$actor_codes, pair[2]) & has(events$recipient_codes, pair[1])
between <- events[(forth | back) & events$status == "asserted" & !is.na(events$quad), ]
cat(nrow(between), "events between them\n")

reprint <- !is.na(between$duplicate_of)
side <- ifelse(between$mutual, "both", ifelse(has(between$actor_codes, pair[1]), "forth", "back"))
again <- duplicated(data.frame(between$type, between$day, side)) & !reprint
once <- between[!reprint & !again, ]
cat(sum(reprint), "reprints,", sum(again), "told again,", nrow(once), "events\n")

month <- function(day) as.Date(format(day, "%Y-%m-01"))
months <- seq(month(min(once$day)), month(max(once$day)), by = "month")
counts <- table(factor(once$quad, 1:4), factor(format(month(once$day)), format(months)))

likely <- function(n, share = 0.9) {
  tail <- (1 - share) / 2
  rbind(ifelse(n == 0, 0, qchisq(tail, 2 * n) / 2), qchisq(1 - tail, 2 * n + 2) / 2)
}
up <- likely(colSums(counts[1:2, ]))
down <- likely(colSums(counts[3:4, ]))
worst <- which.max(colSums(counts[3:4, ]))
cat("most conflict:", colnames(counts)[worst], sum(counts[3:4, worst]), "events, rates from",
    paste(format(down[, worst], digits = 2), collapse = " to "), "fit\n")

png("relation.png", width = 2000, height = 1150, res = 220, type = "cairo")
par(mar = c(2.6, 2.6, 3.6, 7.6), family = "sans", las = 1, bg = "white", fg = "grey30", col.axis = "grey30")
colours <- c("#8fc1da", "#1f6f9c", "#f2b48a", "#c4472b")
ends <- c(-max(down), max(up))
at <- seq_along(months)
plot(NA, xlim = range(at) + c(-0.6, 0.6), ylim = ends, axes = FALSE, xlab = "", ylab = "", xaxs = "i")
grid <- pretty(ends, 7)
abline(h = grid, col = "grey92")
axis(2, grid, abs(grid), tick = FALSE, line = -0.6, cex.axis = 0.8)
bars <- function(from, to, colour) rect(at - 0.34, from, at + 0.34, to, col = colour, border = NA)
bars(0, counts[2, ], colours[2])
bars(counts[2, ], counts[1, ] + counts[2, ], colours[1])
bars(0, -counts[4, ], colours[4])
bars(-counts[4, ], -counts[3, ] - counts[4, ], colours[3])
lines <- function(range, some) segments(at[some], range[1, some], at[some], range[2, some], col = "#00000066", lwd = 1.1)
lines(up, colSums(counts[1:2, ]) > 0)
lines(-down, colSums(counts[3:4, ]) > 0)
abline(h = 0, col = "grey30", lwd = 1.2)
axis(1, at, format(months, "%b"), tick = FALSE, line = -0.8, cex.axis = 0.75)
year <- match(unique(format(months, "%Y")), format(months, "%Y"))
axis(1, at[year], format(months[year], "%Y"), tick = FALSE, line = 0.2, cex.axis = 0.75, font = 2)
text(max(at) + 0.75, c(0.62, 0.25) %o% ends, xpd = NA, adj = 0, cex = 0.8, font = 2,
     col = c("#d9803f", colours[4], "#5a9fc0", colours[2]),
     c("conflict\nin words", "conflict\nin deeds", "cooperation\nin words", "cooperation\nin deeds"))
mtext("Japan and South Korea", side = 3, line = 1.9, adj = 0, font = 2, cex = 1.15, col = "grey15")
mtext("Events a month in invented news, each counted once; lines: rates that fit the count (90 %)",
      side = 3, line = 0.8, adj = 0, cex = 0.8, col = "grey40")
invisible(dev.off())
