#include "CLibCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

/* The functions of libcurl that are used, by their names without `curl_`. */
#define FUNCTIONS(X)                                                                                                   \
    X(CURLcode, global_init, (long))                                                                                   \
    X(CURL *, easy_init, (void))                                                                                       \
    X(void, easy_cleanup, (CURL *))                                                                                    \
    X(void, easy_reset, (CURL *))                                                                                      \
    X(const char *, easy_strerror, (CURLcode))                                                                         \
    X(CURLcode, easy_setopt, (CURL *, CURLoption, ...))                                                                \
    X(CURLcode, easy_getinfo, (CURL *, CURLINFO, ...))                                                                 \
    X(CURLM *, multi_init, (void))                                                                                     \
    X(CURLMcode, multi_cleanup, (CURLM *))                                                                             \
    X(CURLMcode, multi_add_handle, (CURLM *, CURL *))                                                                  \
    X(CURLMcode, multi_remove_handle, (CURLM *, CURL *))                                                               \
    X(CURLMsg *, multi_info_read, (CURLM *, int *))                                                                    \
    X(CURLMcode, multi_socket_action, (CURLM *, curl_socket_t, int, int *))                                            \
    X(CURLMcode, multi_setopt, (CURLM *, CURLMoption, ...))                                                            \
    X(const char *, multi_strerror, (CURLMcode))                                                                       \
    X(struct curl_slist *, slist_append, (struct curl_slist *, const char *))                                          \
    X(void, slist_free_all, (struct curl_slist *))

#define DECLARE(result, name, arguments) static result (*p_##name) arguments;
FUNCTIONS(DECLARE)

#ifdef __APPLE__
#define LIBRARY "/usr/lib/libcurl.4.dylib"
#else
#define LIBRARY "libcurl.so.4"
#endif

static int isReady = 0;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* POSIX lets the result of dlsym become a function pointer in this way. */
#define FIND(result, name, arguments) *(void **)&p_##name = dlsym(library, "curl_" #name);
#define CHECK(result, name, arguments) if (!p_##name) return;

static void load(void) {
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    FUNCTIONS(FIND)
    FUNCTIONS(CHECK)
    isReady = p_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

int evalrun_curl_load(void) {
    pthread_once(&once, load);
    return isReady ? 0 : 1;
}

CURL *evalrun_curl_easy_init(void) { return p_easy_init(); }
void evalrun_curl_easy_cleanup(CURL *handle) { p_easy_cleanup(handle); }
void evalrun_curl_easy_reset(CURL *handle) { p_easy_reset(handle); }
const char *evalrun_curl_easy_strerror(CURLcode status) { return p_easy_strerror(status); }
CURLM *evalrun_curl_multi_init(void) { return p_multi_init(); }
CURLMcode evalrun_curl_multi_cleanup(CURLM *multi) { return p_multi_cleanup(multi); }
CURLMcode evalrun_curl_multi_add_handle(CURLM *multi, CURL *handle) { return p_multi_add_handle(multi, handle); }
CURLMcode evalrun_curl_multi_remove_handle(CURLM *multi, CURL *handle) { return p_multi_remove_handle(multi, handle); }
CURLMsg *evalrun_curl_multi_info_read(CURLM *multi, int *waiting) { return p_multi_info_read(multi, waiting); }
CURLMcode evalrun_curl_multi_socket_action(CURLM *multi, curl_socket_t socket, int mask, int *running) {
    return p_multi_socket_action(multi, socket, mask, running);
}
const char *evalrun_curl_multi_strerror(CURLMcode status) { return p_multi_strerror(status); }
struct curl_slist *evalrun_curl_slist_append(struct curl_slist *list, const char *text) {
    return p_slist_append(list, text);
}
void evalrun_curl_slist_free_all(struct curl_slist *list) { p_slist_free_all(list); }

CURLcode evalrun_curl_set_long(CURL *handle, CURLoption option, long value) {
    return p_easy_setopt(handle, option, value);
}
CURLcode evalrun_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return p_easy_setopt(handle, option, value);
}
CURLcode evalrun_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return p_easy_setopt(handle, option, value);
}
CURLcode evalrun_curl_set_large(CURL *handle, CURLoption option, curl_off_t value) {
    return p_easy_setopt(handle, option, value);
}
CURLcode evalrun_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return p_easy_setopt(handle, option, value);
}
CURLcode evalrun_curl_set_data(CURL *handle, CURLoption option, evalrun_curl_data function) {
    return p_easy_setopt(handle, option, function);
}
CURLcode evalrun_curl_get_large(CURL *handle, CURLINFO info, curl_off_t *value) {
    return p_easy_getinfo(handle, info, value);
}
CURLMcode evalrun_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return p_multi_setopt(multi, option, value);
}
CURLMcode evalrun_curl_multi_set_socket(CURLM *multi, evalrun_curl_socket function, void *context) {
    CURLMcode status = p_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    return status ? status : p_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, function);
}
CURLMcode evalrun_curl_multi_set_timer(CURLM *multi, evalrun_curl_timer function, void *context) {
    CURLMcode status = p_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return status ? status : p_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, function);
}

CURLcode evalrun_curl_result(const CURLMsg *message) { return message->data.result; }
