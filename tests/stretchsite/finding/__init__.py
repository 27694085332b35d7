"""Tests of how a question is taken apart, and of the index it is answered from."""
