/* _karaka: the part of the Python package that calls the library. Nothing else of the package is C.
 *
 * In: a document as bytes or str with what is known of it, or the name of a file. Out: records as the library writes
 * them (JSON Lines, CoNLL-U), as bytes, or the documents of the file. The lock of the interpreter is given up while the
 * library works. The stable interface of Python 3.9 alone is used, so one build serves all later versions.
 * Example: Engine([b"languages/hi"], False).run(CODE, TEXT, "...", ...) -> ("hi", b'{"id":"9f2c...",...}\n')
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <errno.h>
#include <karaka.h>
#include <string.h>

/* cli/cld.cc: whether a text is in another language than the one of the code. */
bool cld_is_other(const char *text, size_t length, const char *code);

enum { LANGUAGES = 16 };
enum { KIND_CONLLU = KARAKA_INPUT_HTML + 1 }; /* after karaka_input_kind */

typedef enum piece_of_work { WORK_CODE, WORK_ARTICLE, WORK_PARSE } piece_of_work;

static PyObject *karaka_error; /* karaka.Error; lives as long as the process */

static PyObject *fail(void) {
    PyErr_SetString(karaka_error, karaka_error_text());
    return NULL;
}

/* The library's text is UTF-8, but for names of files, which may be anything. */
static PyObject *text_or_none(const char *text) {
    if (!text)
        Py_RETURN_NONE;
    return PyUnicode_DecodeUTF8(text, (Py_ssize_t)strlen(text), "replace");
}

/* An object of the heap type keeps its type alive. */
static void free_object(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static PyObject *new_object(PyTypeObject *type) {
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    return allocate(type, 0); /* zeroed */
}

/* ---- Engine: languages, read-only once they are open, and used from any number of threads ---- */

typedef struct engine {
    PyObject_HEAD karaka_language *languages[LANGUAGES]; /* owned; the usual one first */
    size_t count;
} engine;

static void engine_free(PyObject *object) {
    engine *self = (engine *)object;
    for (size_t i = 0; i < self->count; i++)
        karaka_language_close(self->languages[i]);
    free_object(object);
}

static bool open_next(engine *self, PyObject *folder) {
    const char *path = PyBytes_AsString(folder);
    int error;
    if (!path)
        return false;
    Py_BEGIN_ALLOW_THREADS error = karaka_language_open(&self->languages[self->count], path, KARAKA_OPEN_ALL);
    Py_END_ALLOW_THREADS if (error < 0) return fail(), false;
    self->count++;
    return true;
}

static PyObject *engine_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    PyObject *folders;
    (void)keywords;
    if (!PyArg_ParseTuple(args, "O!", &PyTuple_Type, &folders))
        return NULL;
    Py_ssize_t count = PyTuple_Size(folders);
    if (count < 1 || count > LANGUAGES)
        return PyErr_SetString(PyExc_ValueError, "one to 16 languages are opened at a time"), NULL;
    PyObject *object = new_object(type);
    for (Py_ssize_t i = 0; object && i < count; i++)
        if (!open_next((engine *)object, PyTuple_GetItem(folders, i)))
            Py_CLEAR(object);
    return object;
}

static const karaka_language *choose(const engine *self, const char *bytes, size_t length) {
    return karaka_language_choose(self->languages[0], self->languages + 1, self->count - 1, bytes, length);
}

/* The language of a page in HTML shows only when the usual one has read it. */
static int read_document(karaka_document **out, const engine *self, const karaka_input *input) {
    const karaka_language *usual = self->languages[0];
    if ((int)input->kind == KIND_CONLLU)
        return karaka_document_from_conllu(out, usual, input->bytes, input->length, true);
    if (input->kind != KARAKA_INPUT_HTML)
        return karaka_document_read(out, choose(self, input->bytes, input->length), input);
    int error = karaka_document_read(out, usual, input);
    if (error < 0)
        return error;
    const karaka_article *article = karaka_document_article(*out);
    const karaka_language *language = choose(self, article->text, article->length);
    if (language == usual)
        return 0;
    karaka_document_free(*out);
    *out = NULL;
    return karaka_document_read(out, language, input);
}

/* Of a document in no language that is open events are not looked for. */
static bool is_foreign(const engine *self, const karaka_document *document) {
    const karaka_article *article = karaka_document_article(document);
    return self->count > 1 && cld_is_other(article->text, article->length, article->lang);
}

/* The pieces of work, on a document that was read. */
static int write_result(karaka_text *out, karaka_document *document, piece_of_work work, bool foreign) {
    int error = 0;
    if (work == WORK_ARTICLE)
        return karaka_write_article(out, document, true, false, false);
    if (work == WORK_PARSE)
        error = karaka_document_parse(document);
    else if (!foreign)
        error = karaka_document_code(document);
    if (error < 0)
        return error;
    return work == WORK_PARSE ? karaka_write_conllu(out, document) : karaka_write_jsonl(out, document);
}

/* Without the interpreter. `language`: NULL where the document is in none that is open. */
static int run(karaka_text *out, const char **language, const engine *self, piece_of_work work,
               const karaka_input *input) {
    karaka_document *document = NULL;
    int error = read_document(&document, self, input);
    if (error < 0)
        return error;
    bool foreign = is_foreign(self, document);
    const char *lang = karaka_document_article(document)->lang;
    *language = NULL;
    for (size_t i = 0; !foreign && lang && i < self->count; i++)
        if (strcmp(lang, karaka_language_code(self->languages[i])) == 0)
            *language = karaka_language_code(self->languages[i]); /* outlives the document */
    error = write_result(out, document, work, foreign);
    karaka_document_free(document);
    return error;
}

static PyObject *engine_run(PyObject *object, PyObject *args) {
    const engine *self = (engine *)object;
    karaka_input input = {0};
    karaka_text out = {0};
    const char *language = NULL;
    Py_ssize_t length = 0;
    int work = 0, kind = 0, error;
    if (!PyArg_ParseTuple(args, "iis#zzzzzz", &work, &kind, &input.bytes, &length, &input.id, &input.title,
                          &input.published, &input.url, &input.outlet, &input.charset))
        return NULL;
    if (work < WORK_CODE || work > WORK_PARSE || kind < 0 || kind > KIND_CONLLU)
        return PyErr_SetString(PyExc_ValueError, "no such work or kind"), NULL;
    input.length = (size_t)length;
    input.kind = (karaka_input_kind)kind;
    Py_BEGIN_ALLOW_THREADS error = run(&out, &language, self, (piece_of_work)work, &input);
    Py_END_ALLOW_THREADS PyObject *result =
        error < 0 ? fail() : Py_BuildValue("zy#", language, out.bytes ? out.bytes : "", (Py_ssize_t)out.length);
    karaka_text_free(&out);
    return result;
}

static PyMethodDef engine_methods[] = {
    {"run", engine_run, METH_VARARGS, "run(work, kind, content, id, title, published, url, outlet, charset)"},
    {0},
};
static PyType_Slot engine_slots[] = {
    {Py_tp_new, (void *)engine_new},
    {Py_tp_dealloc, (void *)engine_free},
    {Py_tp_methods, engine_methods},
    {0},
};
static PyType_Spec engine_spec = {
    .name = "karaka._karaka.Engine",
    .basicsize = sizeof(engine),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = engine_slots,
};

/* ---- Stream: the documents of a file, or of what a Python function reads ---- */

typedef struct stream {
    PyObject_HEAD karaka_stream *stream;
    karaka_text store;     /* strings of the JSON line that was given last */
    PyObject *read;        /* callable(room) -> bytes, or NULL */
    PyObject *exception;   /* what it raised, until it is handed on */
    PyThreadState *caller; /* who gave up the interpreter for karaka_stream_next; NULL: nobody */
} stream;

static void stream_free(PyObject *object) {
    stream *self = (stream *)object;
    karaka_stream_close(self->stream);
    karaka_text_free(&self->store);
    Py_XDECREF(self->read);
    Py_XDECREF(self->exception);
    free_object(object);
}

/* Of the current exception its value, as one object. */
static PyObject *take_exception(void) {
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    Py_XDECREF(type);
    Py_XDECREF(trace);
    return value;
}

static ptrdiff_t copy_read(stream *self, void *into, size_t room) {
    PyObject *bytes = PyObject_CallFunction(self->read, "n", (Py_ssize_t)room);
    char *from = NULL;
    Py_ssize_t length = 0;
    if (bytes && PyBytes_AsStringAndSize(bytes, &from, &length) == 0) {
        if ((size_t)length <= room)
            memcpy(into, from, (size_t)length);
        else
            PyErr_SetString(PyExc_ValueError, "read() gave more bytes than were asked for");
    }
    Py_XDECREF(bytes);
    if (!PyErr_Occurred())
        return length;
    Py_XDECREF(self->exception);
    self->exception = take_exception();
    errno = EIO;
    return -1;
}

static ptrdiff_t read_python(void *context, void *into, size_t room) {
    stream *self = context;
    if (self->exception) { /* the library may ask again after an error */
        errno = EIO;
        return -1;
    }
    PyEval_RestoreThread(self->caller);
    ptrdiff_t length = copy_read(self, into, room);
    PyEval_SaveThread();
    return length;
}

static PyObject *raise_kept(stream *self) {
    PyObject *exception = self->exception;
    self->exception = NULL;
    PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
    Py_DECREF(exception);
    return NULL;
}

static PyObject *stream_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    karaka_stream_input input = {0};
    PyObject *reader;
    int form = 0;
    unsigned long long limit = 0;
    (void)keywords;
    if (!PyArg_ParseTuple(args, "yOiK|y", &input.name, &reader, &form, &limit, &input.folder))
        return NULL;
    stream *self = (stream *)new_object(type);
    if (!self)
        return NULL;
    if (reader != Py_None) {
        Py_INCREF(reader);
        self->read = reader;
        input.read = read_python;
        input.context = self;
    }
    input.form = (karaka_stream_form)form;
    input.limit = (size_t)limit;
    self->caller = PyThreadState_Get(); /* before others may look */
    PyEval_SaveThread();
    int error = karaka_stream_open(&self->stream, &input);
    PyEval_RestoreThread(self->caller);
    self->caller = NULL;
    if (error == 0 && !self->exception)
        return (PyObject *)self;
    if (self->exception)
        raise_kept(self);
    else
        fail();
    Py_DECREF(self);
    return NULL;
}

static int kind_of(karaka_stream_form form) {
    switch (form) {
    case KARAKA_STREAM_TEXT:
        return KARAKA_INPUT_TEXT;
    case KARAKA_STREAM_HTML:
        return KARAKA_INPUT_HTML;
    case KARAKA_STREAM_CONLLU:
        return KIND_CONLLU;
    default:
        return KARAKA_INPUT_PAGE;
    }
}

/* Without the interpreter: the next record as the input that it stands for. As karaka_stream_next. */
static int next_input(stream *self, karaka_record *record, karaka_input *input) {
    int result = karaka_stream_next(self->stream, record);
    if (result <= 0)
        return result;
    if (record->form == KARAKA_STREAM_JSONL) {
        int error = karaka_input_from_json(input, &self->store, record->bytes, record->length);
        if (!error && !input->id)
            input->id = record->id;
        return error < 0 ? error : 1;
    }
    *input = (karaka_input){.kind = (karaka_input_kind)kind_of(record->form),
                            .bytes = record->bytes,
                            .length = record->length,
                            .id = record->id,
                            .title = record->title,
                            .published = record->published,
                            .url = record->url,
                            .outlet = record->outlet,
                            .charset = record->charset};
    return 1;
}

/* (error, name, number, line, offset, kind, content, id, title, published, url, outlet, charset) */
static PyObject *stream_next(PyObject *object) {
    stream *self = (stream *)object;
    karaka_record record = {0};
    karaka_input input = {.bytes = ""};
    if (self->caller)
        return PyErr_SetString(PyExc_ValueError, "another thread reads this stream"), NULL;
    self->caller = PyThreadState_Get(); /* before others may look */
    PyEval_SaveThread();
    int result = next_input(self, &record, &input);
    PyEval_RestoreThread(self->caller);
    self->caller = NULL;
    if (self->exception)
        return raise_kept(self);
    if (result == 0)
        return NULL;
    return Py_BuildValue("NNKKKiy#NNNNNN", text_or_none(result < 0 ? karaka_error_text() : NULL),
                         text_or_none(record.name), (unsigned long long)record.number, (unsigned long long)record.line,
                         (unsigned long long)record.offset, (int)input.kind, input.bytes, (Py_ssize_t)input.length,
                         text_or_none(input.id), text_or_none(input.title), text_or_none(input.published),
                         text_or_none(input.url), text_or_none(input.outlet), text_or_none(input.charset));
}

static PyObject *stream_passed(PyObject *object, PyObject *args) {
    stream *self = (stream *)object;
    (void)args;
    if (self->caller)
        return PyErr_SetString(PyExc_ValueError, "another thread reads this stream"), NULL;
    return text_or_none(karaka_stream_passed(self->stream));
}

static PyObject *itself(PyObject *object) {
    Py_INCREF(object);
    return object;
}

static PyMethodDef stream_methods[] = {
    {"passed", stream_passed, METH_NOARGS, "What was passed over so far, in one line, or ''."},
    {0},
};
static PyType_Slot stream_slots[] = {
    {Py_tp_new, (void *)stream_new},       {Py_tp_dealloc, (void *)stream_free}, {Py_tp_iter, (void *)itself},
    {Py_tp_iternext, (void *)stream_next}, {Py_tp_methods, stream_methods},      {0},
};
static PyType_Spec stream_spec = {
    .name = "karaka._karaka.Stream",
    .basicsize = sizeof(stream),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = stream_slots,
};

/* ---- The module ---- */

static bool add(PyObject *module, const char *name, PyObject *value) {
    if (value && PyModule_AddObject(module, name, value) == 0)
        return true;
    Py_XDECREF(value);
    return false;
}

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "karaka._karaka", .m_size = -1,
                                        .m_doc = "The library's side of karaka."};

PyMODINIT_FUNC PyInit__karaka(void); /* no header names it */

PyMODINIT_FUNC PyInit__karaka(void) {
    PyObject *module = PyModule_Create(&definition);
    karaka_error = PyErr_NewExceptionWithDoc(
        "karaka.Error", "What the library says when it cannot do what was asked, in one line.", NULL, NULL);
    if (!module || !karaka_error)
        return NULL;
    Py_INCREF(karaka_error);
    if (add(module, "Error", karaka_error) && add(module, "Engine", PyType_FromSpec(&engine_spec)) &&
        add(module, "Stream", PyType_FromSpec(&stream_spec)) &&
        PyModule_AddStringConstant(module, "version", karaka_version()) == 0)
        return module;
    Py_DECREF(module);
    return NULL;
}
