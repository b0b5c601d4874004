"""Rasa component for ``config.transformer.yml``: a language model with the special tokens of its own vocabulary.

Rasa writes 101 and 102 for the beginning and the end of a text, as in the first English BERT. In another vocabulary
these are other tokens or do not exist, and the vector of the sentence is read from the first one. A message without
tokens, such as a right-to-left mark alone, would get no vector at all and bring the classifier down.
"""

from __future__ import annotations

from typing import List, Tuple

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.dense_featurizer.lm_featurizer import LanguageModelFeaturizer


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class OwnVocabularyFeaturizer(LanguageModelFeaturizer):
    """Rasa's ``LanguageModelFeaturizer``; its tokenizer says how a text begins and ends, and no text is empty."""

    def _add_lm_specific_special_tokens(self, token_ids: List[List[int]]) -> List[List[int]]:
        return [self.tokenizer.build_inputs_with_special_tokens(ids) for ids in token_ids]

    def _lm_tokenize(self, text: str) -> Tuple[List[int], List[str]]:
        ids, words = super()._lm_tokenize(text)
        return (ids, words) if ids else ([self.tokenizer.unk_token_id], [self.tokenizer.unk_token])
