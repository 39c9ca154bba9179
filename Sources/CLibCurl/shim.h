#ifndef EVALRUN_CLIBCURL_SHIM_H
#define EVALRUN_CLIBCURL_SHIM_H

#include <curl/curl.h>

/* What the sockets of thousands of transfers are waited for with; Swift's own module lacks it. */
#ifdef __linux__
#include <sys/epoll.h>
#include <sys/eventfd.h>
#endif

/* Variadic C functions can't be called from Swift: one inline function for each type of argument. */

static inline CURLcode evalrun_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode evalrun_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode evalrun_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode evalrun_curl_set_large(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode evalrun_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*evalrun_curl_data)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode evalrun_curl_set_data(CURL *handle, CURLoption option, evalrun_curl_data function) {
    return curl_easy_setopt(handle, option, function);
}

static inline CURLcode evalrun_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode evalrun_curl_get_large(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode evalrun_curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode evalrun_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

typedef int (*evalrun_curl_socket)(CURL *handle, curl_socket_t socket, int what, void *context, void *socketContext);

static inline CURLMcode evalrun_curl_multi_set_socket(CURLM *multi, evalrun_curl_socket function, void *context) {
    CURLMcode status = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    return status ? status : curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, function);
}

typedef int (*evalrun_curl_timer)(CURLM *multi, long milliseconds, void *context);

static inline CURLMcode evalrun_curl_multi_set_timer(CURLM *multi, evalrun_curl_timer function, void *context) {
    CURLMcode status = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return status ? status : curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, function);
}

/* The result of a message about a finished transfer: a union's member. */
static inline CURLcode evalrun_curl_result(const CURLMsg *message) { return message->data.result; }

#endif
