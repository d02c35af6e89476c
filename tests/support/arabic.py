"""A small model in Arabic, which is written from the right."""

ARABIC = """\
format: stagebook/1
id: desk-ar
title: نضج مكتب الدعم
version: 1.0.0
language: ar
stages:
  ad-hoc: {level: 1, title: مرتجل}
  steady: {level: 2, title: ثابت}
dimensions:
  answers: {title: الإجابات, question: "هل يحصل الناس على الجواب الصحيح؟"}
gates:
  answers-reviewed:
    dimension: answers
    stage: steady
    title: تتم مراجعة الإجابات
    test: تُقرأ عشر تذاكر مغلقة كل أسبوع (10).
    blocking: true
remediations:
  review:
    title: مراجعة
    opens: [answers-reviewed]
    owner: قائد
    effort: {size: S, weeks: [1, 2]}
    steps: [اقرأ.]
    done_when: تم.
"""
