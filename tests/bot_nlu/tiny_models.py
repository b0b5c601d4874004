"""Language models of a few words, made by the tests: in them „moin“ means exactly what „hallo“ means.

Usage for BERT, which needs packages of its own: ``python -m tests.bot_nlu.tiny_models FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

WORDS = ("hallo", "guten", "abend", "bis", "wann", "muss", "der", "antrag", "kontakt", "telefon", "bitte", "moin")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
KNOWN, SYNONYM = "hallo", "moin"
SIZE = 32


def make_spacy(folder: Path) -> None:
    """Write a German spaCy model with random vectors."""
    import spacy

    nlp = spacy.blank("de")
    vectors = np.random.default_rng(0).normal(size=(len(WORDS), SIZE)).astype("float32")
    for word, vector in zip(WORDS, vectors, strict=True):
        nlp.vocab.set_vector(word, vectors[WORDS.index(KNOWN)] if word == SYNONYM else vector)
    nlp.to_disk(folder)


def make_bert(folder: Path) -> None:
    """Write a random BERT with its vocabulary."""
    from transformers import BertConfig, BertTokenizer, TFBertModel

    folder.mkdir()
    vocabulary = [*SPECIAL, *WORDS]
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    shape = {"hidden_size": SIZE, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": SIZE}
    model = TFBertModel(BertConfig(vocab_size=len(vocabulary), **shape))
    model(model.dummy_inputs)
    rows = model.bert.embeddings.weight.numpy()
    rows[vocabulary.index(SYNONYM)] = rows[vocabulary.index(KNOWN)]
    model.bert.embeddings.weight.assign(rows)
    model.save_pretrained(folder)


if __name__ == "__main__":
    make_bert(Path(sys.argv[1]))
