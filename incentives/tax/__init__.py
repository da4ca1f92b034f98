"""The corporate income tax of a project year by year, with and without an incentive; an estimate: tax is self-assessed.

`case` is what is asked, `law` the dated levels and rules, `windows` which years get what, `losses` what is carried
forward, `schedule` the years and their tax: plain values in, plain values out. `wording` and `checking` say it to
people.
"""
