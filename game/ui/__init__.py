"""The table: everything that draws, sounds and listens. The only package that may import pygame."""
