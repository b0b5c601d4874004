"""Forms for records of the catalogue, made from their schema."""
