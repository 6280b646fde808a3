"""The pictures that the README shows, made from what the commands really print: `make docs`.

    python -m docs        # writes docs/pictures/*.svg, as docs/pictures.yaml lists them
"""
