"""The template: what stands where, how it looks, which words it uses."""
