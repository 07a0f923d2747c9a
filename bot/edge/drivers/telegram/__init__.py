"""Telegram: updates in, messages out, by long polling or webhook. Nothing is imported here: aiogram loads slowly."""
