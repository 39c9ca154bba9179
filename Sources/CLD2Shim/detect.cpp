#include "CLD2Shim.h"

// On a Mac the system's own recognizer is used, and this file is empty.
#if !defined(__APPLE__)

#include <cstdio>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

// How far the score of a best effort must reach, where ordinary text of a language has about 1000.
static const double kLeastScore = 400;

extern "C" evalrun_cld2_result evalrun_cld2_detect(const char *bytes, int32_t count) {
    evalrun_cld2_result result = {};
    CLD2::Language languages[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE};
    int percents[3] = {0, 0, 0};
    double scores[3] = {0, 0, 0};
    int text_bytes = 0;
    int valid_bytes = 0;
    bool is_reliable = false;
    const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    CLD2::ExtDetectLanguageSummaryCheckUTF8(
        bytes, count, true, &hints, 0, languages, percents, scores, nullptr, &text_bytes, &is_reliable,
        &valid_bytes);
    result.valid_bytes = valid_bytes;
    if (valid_bytes < count) return result;
    if (!is_reliable) {
        CLD2::ExtDetectLanguageSummaryCheckUTF8(
            bytes, count, true, &hints, CLD2::kCLDFlagBestEffort, languages, percents, scores, nullptr, &text_bytes,
            &is_reliable, &valid_bytes);
        // The best effort also names a language for letters that are none; these have low scores.
        is_reliable = is_reliable && scores[0] >= kLeastScore;
    }
    result.is_reliable = is_reliable;
    for (int i = 0; i < 3; i++) {
        if (languages[i] == CLD2::UNKNOWN_LANGUAGE || percents[i] <= 0) continue;
        result.codes[i] = CLD2::LanguageCode(languages[i]);
        result.percents[i] = percents[i];
    }
    return result;
}

#endif
