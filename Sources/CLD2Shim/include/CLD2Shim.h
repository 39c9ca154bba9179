#ifndef EVALRUN_CLD2_SHIM_H
#define EVALRUN_CLD2_SHIM_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What CLD2 finds in a text.
typedef struct {
    /// The codes of up to three languages, the most frequent first; static memory, NULL where there is none.
    const char *codes[3];
    /// How much of the text each has, in percent.
    int32_t percents[3];
    /// Whether CLD2 is sure.
    bool is_reliable;
    /// How many bytes from the start CLD2 accepts; less than the count when one of them is not allowed.
    int64_t valid_bytes;
} evalrun_cld2_result;

/// Finds the languages of plain UTF-8 text of at most 2³¹ − 1 bytes.
evalrun_cld2_result evalrun_cld2_detect(const char *bytes, int32_t count);

#ifdef __cplusplus
}
#endif

#endif
