"""Finding pages by words: what a question means, and which pages have its words, alike on both databases."""
