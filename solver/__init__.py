"""Turns a problem into a plan. Knows the planner's facts and rules; nothing here is known there."""
