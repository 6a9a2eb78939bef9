/**
 * How Greek and English call what the files call by its name: the nouns of the language, the kinds of values of an expression and
 * those of JSON. Findings say them in quotation marks, because Greek would bend them.
 */
export const WORDS = {
  el: {
    allotment: 'πίνακας διανομής', amount: 'ποσό', appointment: 'ραντεβού', commodity: 'είδος', computed: 'υπολογισμός', document: 'χαρτί', fact: 'στοιχείο μητρώου',
    group: 'ομάδα ερωτήσεων', line: 'γραμμή μορίων', message: 'μήνυμα', parameter: 'παράμετρος', place: 'τόπος', question: 'ερώτηση', resource: 'πόρος', rule: 'κανόνας',
    stage: 'στάδιο', step: 'βήμα', table: 'πίνακας',
    any: 'οτιδήποτε', boolean: 'ναι ή όχι', number: 'αριθμός', money: 'ποσό', whole: 'ακέραιος', date: 'ημερομηνία', text: 'κείμενο', composite: 'πολλά μαζί', file: 'αρχείο',
    literal: 'κείμενο', choice: 'επιλογή', list: 'κατάλογος', element: 'μέλος ομάδας',
    array: 'κατάλογος σε αγκύλες', object: 'αντικείμενο σε άγκιστρα', string: 'κείμενο', integer: 'ακέραιος αριθμός', null: 'τίποτα (null)',
  },
  en: {
    allotment: 'allotment', amount: 'amount', appointment: 'appointment', commodity: 'commodity', computed: 'computed value', document: 'paper', fact: 'register fact',
    group: 'group of questions', line: 'line of points', message: 'message', parameter: 'parameter', place: 'place', question: 'question', resource: 'resource', rule: 'rule',
    stage: 'stage', step: 'step', table: 'table',
    any: 'anything', boolean: 'yes or no', number: 'number', money: 'amount of money', whole: 'whole number', date: 'date', text: 'text', composite: 'several things in one', file: 'file',
    literal: 'text', choice: 'choice', list: 'list', element: 'member of a group',
    array: 'list in brackets', object: 'object in braces', string: 'text', integer: 'whole number', null: 'nothing (null)',
  },
} as const satisfies Readonly<Record<'el' | 'en', Readonly<Record<string, string>>>>;
