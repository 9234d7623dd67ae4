// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "longstream.h"

namespace {

//! As a tokenizer cuts an answer, already escaped for JSON.
const QList<QByteArray> Words{
    "The",   " source", " of",     " truth",      " is",   " one",    ",",      " and",
    " web",  "hooks",   " change", " your",       " own",  " tables", ".",      "\\n\\n",
    "- **",  "created", "**:",     " \\\"ok\\\"", " —",    " naïve",  " cafés", "\\n",
    "```",   "python",  "\\n",     "def",         " part", "(value",  ":",      " int",
    ")",     " ->",     " int",    ":\\n",        "   ",   " return", " value", "\\n```\\n",
    " Weiß", " 天气",   " 🌦",   "\\n"};

const Dialect Responses{"Responses",
                        "openai",
                        "responses",
                        R"(event: response.created
data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_0ca0ba552749d18c0069414e67bf8c8197","object":"response","created_at":1765887591,"status":"in_progress","error":null,"incomplete_details":null,"model":"gpt-5.2-2025-12-11","output":[],"parallel_tool_calls":true,"store":false,"usage":null}}

event: response.output_item.added
data: {"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"msg_0ca0ba552749d18c0069414e6a4bd08197b70d83e91162dd13","type":"message","status":"in_progress","content":[],"role":"assistant"}}

event: response.content_part.added
data: {"type":"response.content_part.added","sequence_number":2,"item_id":"msg_0ca0ba552749d18c0069414e6a4bd08197b70d83e91162dd13","output_index":0,"content_index":0,"part":{"type":"output_text","annotations":[],"logprobs":[],"text":""}}

)",
                        R"(event: response.output_text.delta
data: {"type":"response.output_text.delta","sequence_number":NUMBER,"item_id":"msg_0ca0ba552749d18c0069414e6a4bd08197b70d83e91162dd13","output_index":0,"content_index":0,"delta":"PIECE","logprobs":[],"obfuscation":"FILLING"}

)",
                        R"(event: response.output_text.done
data: {"type":"response.output_text.done","sequence_number":NUMBER,"item_id":"msg_0ca0ba552749d18c0069414e6a4bd08197b70d83e91162dd13","output_index":0,"content_index":0,"text":"WHOLE","logprobs":[]}

event: response.content_part.done
data: {"type":"response.content_part.done","sequence_number":NUMBER,"item_id":"msg_0ca0ba552749d18c0069414e6a4bd08197b70d83e91162dd13","output_index":0,"content_index":0,"part":{"type":"output_text","annotations":[],"logprobs":[],"text":"WHOLE"}}

event: response.output_item.done
data: {"type":"response.output_item.done","sequence_number":NUMBER,"output_index":0,"item":{"id":"msg_0ca0ba552749d18c0069414e6a4bd08197b70d83e91162dd13","type":"message","status":"completed","content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"WHOLE"}],"role":"assistant"}}

event: response.completed
data: {"type":"response.completed","sequence_number":NUMBER,"response":{"id":"resp_0ca0ba552749d18c0069414e67bf8c8197","object":"response","created_at":1765887591,"status":"completed","error":null,"incomplete_details":null,"model":"gpt-5.2-2025-12-11","output":[{"id":"msg_0ca0ba552749d18c0069414e6a4bd08197b70d83e91162dd13","type":"message","status":"completed","content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"WHOLE"}],"role":"assistant"}],"parallel_tool_calls":true,"store":false,"usage":{"input_tokens":17,"input_tokens_details":{"cached_tokens":0},"output_tokens":NUMBER,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":NUMBER}}}

)",
                        1};

#define CHAT_CHUNK(choices, usage)                                                                                                                                                                                                 \
    R"(data: {"id":"chatcmpl-DuLYNq9zQCWkfZBDEt4z6GynL1HVU","object":"chat.completion.chunk","created":1782321591,"model":"gpt-5.2-2025-12-11","service_tier":"default","system_fingerprint":"fp_5050236cbd","choices":[)" choices \
    R"(],"usage":)" usage R"(,"obfuscation":"FILLING"})"                                                                                                                                                                           \
    "\n\n"

const Dialect Chat{
    "Chat Completions",
    "openai",
    "chat",
    CHAT_CHUNK(
        R"({"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null})",
        "null"),
    CHAT_CHUNK(R"({"index":0,"delta":{"content":"PIECE"},"logprobs":null,"finish_reason":null})",
               "null"),
    CHAT_CHUNK(R"({"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"})", "null")
        CHAT_CHUNK(
            "", R"({"prompt_tokens":17,"completion_tokens":NUMBER,"total_tokens":NUMBER})") "data: "
                                                                                            "[DONE]"
                                                                                            "\n\n",
    1};

const Dialect Anthropic{"Anthropic",
                        "anthropic",
                        "",
                        R"(event: message_start
data: {"type":"message_start","message":{"id":"msg_01Ef4sTgdLRVrrbELSiCyGtQ","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":17,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":1}}}

event: content_block_start
data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

event: ping
data: {"type": "ping"}

)",
                        R"(event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"PIECE"}}

)",
                        R"(event: content_block_stop
data: {"type":"content_block_stop","index":0}

event: message_delta
data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":NUMBER}}

event: message_stop
data: {"type":"message_stop"}

)",
                        2};

#define GEMINI_CHUNK(reason)                                                                                                                                                                                                                                         \
    R"(data: {"candidates": [{"content": {"parts": [{"text": "PIECE"}],"role": "model"})" reason                                                                                                                                                                     \
    R"(,"index": 0}],"usageMetadata": {"promptTokenCount": 17,"candidatesTokenCount": NUMBER,"totalTokenCount": NUMBER,"promptTokensDetails": [{"modality": "TEXT","tokenCount": 17}]},"modelVersion": "gemini-2.5-flash","responseId": "Hs8qaZ3tLrKbvdIP8I2hyAk"})" \
    "\r\n\r\n"

const Dialect Gemini{
    "Gemini", "gemini", "", "", GEMINI_CHUNK(""), GEMINI_CHUNK(R"(,"finishReason": "STOP")"), 30};

QByteArray filled(QByteArray form, const QByteArray &piece, const QByteArray &whole, int number)
{
    // As OpenAI fills its events up, so that their length does not tell the word.
    constexpr int FilledLength = 16;
    const QByteArray filling(std::max<qsizetype>(0, FilledLength - piece.size()), 'x');
    form.replace("NUMBER", QByteArray::number(number));
    form.replace("PIECE", piece);
    form.replace("WHOLE", whole);
    return form.replace("FILLING", filling);
}

} // namespace

const QList<Dialect> &dialects()
{
    static const QList<Dialect> all{Responses, Chat, Anthropic, Gemini};
    return all;
}

QByteArray longStream(const Dialect &dialect, qsizetype textSize)
{
    QByteArray stream = filled(dialect.begin, {}, {}, 0);
    QByteArray whole;
    qsizetype word = 0;
    for (int number = 3; whole.size() < textSize; ++number) {
        QByteArray piece;
        for (int words = 0; words < dialect.wordsPerEvent; ++words) {
            piece += Words.at(word++ % Words.size());
        }
        whole += piece;
        stream += filled(dialect.piece, piece, {}, number);
    }
    return stream + filled(dialect.end, {}, whole, static_cast<int>(word));
}
