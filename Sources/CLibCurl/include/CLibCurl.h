#ifndef EVALRUN_CLIBCURL_H
#define EVALRUN_CLIBCURL_H

#include <curl/curl.h>

/* What the sockets of thousands of transfers are waited for with; Swift's own module lacks it. */
#ifdef __linux__
#include <sys/epoll.h>
#include <sys/eventfd.h>
#endif

/*
 * libcurl is loaded when the first request is made, and not when the program starts: it brings some 25 libraries along,
 * and most runs ask nobody. Every function here but the first may be called only after `evalrun_curl_load` gave 0.
 * Variadic functions have one function for each type of argument, since Swift can't call them.
 */

/* 0 once libcurl is loaded and ready; safe from any thread. */
int evalrun_curl_load(void);

CURL *evalrun_curl_easy_init(void);
void evalrun_curl_easy_cleanup(CURL *handle);
void evalrun_curl_easy_reset(CURL *handle);
const char *evalrun_curl_easy_strerror(CURLcode status);
CURLM *evalrun_curl_multi_init(void);
CURLMcode evalrun_curl_multi_cleanup(CURLM *multi);
CURLMcode evalrun_curl_multi_add_handle(CURLM *multi, CURL *handle);
CURLMcode evalrun_curl_multi_remove_handle(CURLM *multi, CURL *handle);
CURLMsg *evalrun_curl_multi_info_read(CURLM *multi, int *waiting);
CURLMcode evalrun_curl_multi_socket_action(CURLM *multi, curl_socket_t socket, int mask, int *running);
const char *evalrun_curl_multi_strerror(CURLMcode status);
struct curl_slist *evalrun_curl_slist_append(struct curl_slist *list, const char *text);
void evalrun_curl_slist_free_all(struct curl_slist *list);

typedef size_t (*evalrun_curl_data)(char *bytes, size_t size, size_t count, void *context);
typedef int (*evalrun_curl_socket)(CURL *handle, curl_socket_t socket, int what, void *context, void *socketContext);
typedef int (*evalrun_curl_timer)(CURLM *multi, long milliseconds, void *context);

CURLcode evalrun_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode evalrun_curl_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode evalrun_curl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode evalrun_curl_set_large(CURL *handle, CURLoption option, curl_off_t value);
CURLcode evalrun_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode evalrun_curl_set_data(CURL *handle, CURLoption option, evalrun_curl_data function);
CURLcode evalrun_curl_get_large(CURL *handle, CURLINFO info, curl_off_t *value);
CURLMcode evalrun_curl_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode evalrun_curl_multi_set_socket(CURLM *multi, evalrun_curl_socket function, void *context);
CURLMcode evalrun_curl_multi_set_timer(CURLM *multi, evalrun_curl_timer function, void *context);

/* The result of a message about a finished transfer: a union's member. */
CURLcode evalrun_curl_result(const CURLMsg *message);

#endif
