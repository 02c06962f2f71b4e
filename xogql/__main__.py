"""`python -m xogql` is the command `xogql`."""

from xogql.cli import main

if __name__ == "__main__":
    main()
