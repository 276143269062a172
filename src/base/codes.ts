/**
 * Every message of Casus about a writer's text, in one place: code, sentence, why it matters, how it is mended.
 * `docs/diagnostics.md` is generated from this table and from the cases in `test/bad/`; a test holds the three
 * lists equal. A code is a promise: once published it keeps its meaning.
 */
export type Severity = 'error' | 'warning';

export type CodeEntry = {
  readonly severity: Severity;
  /** The sentence after `error[code]:`; no full stop, no particulars. */
  readonly title: string;
  /** Why it matters, for `casus explain CODE` and the docs. */
  readonly meaning: string;
  /** What to do; also the hint where a place has none of its own. */
  readonly mend: string;
};

const error = (title: string, meaning: string, mend: string): CodeEntry => ({
  severity: 'error',
  title,
  meaning,
  mend,
});
const warning = (title: string, meaning: string, mend: string): CodeEntry => ({
  severity: 'warning',
  title,
  meaning,
  mend,
});

export const CODES = {
  // --- reading the argument's files -------------------------------------------------------------------------
  'text-empty': error(
    'There is no model in this text',
    'A model needs at least a title, a time axis and something that happens; an empty text has none of them.',
    'Start with `model "Title"` and `time 2024-01-01 .. 2024-12-30 by 1 week`, or let `casus new` write a first model.',
  ),
  'file-missing': error(
    'There is no such file or folder',
    'Casus reads an argument from the place that it is given and looks nowhere else.',
    'Give the path of a folder with a `model.casus`, of a `.casus` file or of a Markdown file.',
  ),
  'not-an-argument': error(
    'This is not an argument',
    'An argument is a folder with a `model.casus`, a `.casus` file, or a Markdown file with ```casus blocks.',
    'Give the path of a folder with a `model.casus`, of a `.casus` file, or of a Markdown file with ```casus blocks.',
  ),
  'no-model-in-folder': error(
    'This folder holds no model',
    'An argument is a folder with the model in `model.casus` and, if there is prose, `brief.md` beside it.',
    'Put the model into a file named `model.casus`, or let `casus new` write a first one.',
  ),
  'no-casus-block': error(
    'This Markdown file holds no model',
    'In a Markdown file the model stands in code blocks that are marked `casus`; everything else is prose.',
    'Begin a block with a line ```casus and end it with a line ```.',
  ),
  'file-too-large': error(
    'This file is too large',
    'Text is limited, so that reading a model from a stranger never takes long; models are far below the limit.',
    'Shorten it, or divide the argument into several.',
  ),
  'file-binary': error(
    'This is not a text file',
    'Models and briefs are plain text; this file holds bytes that no text has.',
    'Save it as plain text in UTF-8, or give another file.',
  ),
  'file-not-utf8': error(
    'This file is not written in UTF-8',
    'Read in a guessed encoding, names and quotations would change without anyone noticing.',
    'Open it in a text editor and save it again with the encoding UTF-8.',
  ),
  'file-unreadable': error(
    'This file cannot be read',
    'The system refuses to open it.',
    'Check where it leads, and that you may read it.',
  ),
  'file-not-regular': error(
    'This is not an ordinary file',
    'Folders, devices and pipes have no fixed text, and some of them never end.',
    'Put an ordinary file in its place, or give another path.',
  ),
  'file-outside-folder': error(
    'This link leads out of the folder of the argument',
    "An argument from a stranger must not read a reader's other files, so its files lie inside its own folder.",
    'Put a copy of the file in place of the link.',
  ),
  'brief-nested-too-deep': error(
    'This prose is nested too deep',
    'Quotations, lists and brackets within each other are limited, so that reading a brief never takes long.',
    'Take some of the levels away.',
  ),
  'brief-too-much-markup': error(
    'This prose holds more markup than Casus reads',
    'The markup of a brief is limited, so that reading one never takes long; no readable prose comes near.',
    'Shorten the brief, or divide long paragraphs by blank lines.',
  ),
  'casus-block-in-quotation': error(
    'A model block stands in a quotation',
    'The signs at the head of the quoted lines would become part of the model.',
    'Move the block out of the quotation.',
  ),

  // --- reading the text --------------------------------------------------------------------------------------
  'too-many-faults': error(
    'There are more faults than are listed',
    'After 200 messages about one text the rest is left out; nobody reads so many, and most follow from the first.',
    'Mend the ones above first. If the text is no model at all, give another file.',
  ),
  'character-forbidden': error(
    'An invisible character stands in this text',
    'Control characters, and those that turn the direction of writing around, can make a text show other than it says.',
    'Delete it; retyping the line is the surest way.',
  ),
  'character-unknown': error(
    'This character has no meaning in a model',
    'Outside quotes and comments a model is written with letters, digits and a few signs.',
    'Take it away, or put the words that it belongs to in double quotes.',
  ),
  'sign-not-used': error(
    'Casus writes this in another way',
    'One sign has one meaning here, so that every model reads alike.',
    'Write it as the message says.',
  ),
  'quote-unclosed': error(
    'This quoted text has no end',
    'A quoted text ends on the line on which it begins; otherwise one forgotten quote would swallow the rest.',
    'Close it with `"` on the same line. A quote inside it is written `\\"`.',
  ),
  'quotes-not-straight': error(
    'Quoted text stands in straight double quotes',
    'Curly and single quotes look different in every language; one kind keeps models alike.',
    'Write `"` on both sides.',
  ),
  'escape-unknown': error(
    'A backslash stands alone in a quoted text',
    'Only `\\"` and `\\\\` are known, for a quote and for a backslash.',
    'Write `\\\\` for one backslash.',
  ),
  'number-malformed': error(
    'This number is not written as numbers are here',
    'Digits, with `_` between them to set off thousands, and a point before the decimals: `30_000`, `1.5`, `2e6`.',
    'Write it as one of these.',
  ),
  'number-grouped': error(
    'Thousands are not set off by commas',
    'A comma stands between the parts of a list, so `30,000` would be read as two numbers.',
    'Write `30_000`.',
  ),
  'number-suffix-unknown': error(
    'A word stands directly behind a number',
    'Directly behind digits stand only `k`, `M` and `G`, for thousands, millions and thousand millions.',
    'Put a space before a unit: `6 month`.',
  ),
  'number-suffix-apart': error(
    'The suffix stands apart from its number',
    'With a space between them it would be a unit: `6 M` is six of a unit `M`.',
    'Write it directly behind the digits: `6M`.',
  ),
  'percent-misplaced': error(
    'A per cent sign stands where no number is before it',
    '`%` belongs to a number that is written out, as in `50%`; it is never an operator.',
    'Write the number before it. The remainder of a division is `mod(a, b)`.',
  ),
  'quantity-power': error(
    'It is not plain what is raised to a power here',
    'A number binds to the unit behind it before anything else, so `10 km^2` would be the square of 10 km.',
    'Write `10 * km^2` for ten square kilometres, or `(10 km)^2` for the square of ten.',
  ),
  'date-impossible': error(
    'There is no such date',
    'Dates are days of the calendar, written year, month, day: `2024-06-20`.',
    'Correct the day or the month.',
  ),
  'name-letters': error(
    'A name holds something that names may not hold',
    'Names are one word of the letters a to z, digits and `_`, and begin with a letter, so that everyone can type them.',
    'Choose such a name; the label in quotes may be written in any script.',
  ),
  'name-reserved': error(
    'This word cannot be a name',
    'It has a meaning of its own in every line where a value can stand.',
    'Choose another name, for example with a second word joined by `_`.',
  ),
  'keyword-unknown': error(
    'This line begins with no word that opens a declaration',
    'What stands at the very beginning of a line opens a declaration; what belongs to one is indented.',
    'Begin with a word such as `input`, `stock`, `measure` or `claim`, or indent the line by two spaces.',
  ),
  'line-without-declaration': error(
    'This indented line belongs to nothing',
    'Indented lines belong to the declaration above them, and there is none above this one in its block.',
    'Take the indent away, or put the declaration before it.',
  ),
  'line-unknown': error(
    'This line does not belong in this declaration',
    'Every kind of declaration has a few kinds of lines.',
    'Write one of the kinds that the message names, or take the indent away if it is a declaration of its own.',
  ),
  'not-yet-supported': error(
    'This part of the language is designed but not built',
    'It has its place in the language and is not part of this version; it is refused rather than passed over.',
    'Take it away, or set a `#` before it until a later version.',
  ),
  'part-missing': error(
    'Something is missing here',
    'Each declaration and line has parts that it cannot do without.',
    'Add what the message names.',
  ),
  'words-left-over': error(
    'There is more on this line than belongs to it',
    'The statement is complete before this place, and what follows has no meaning in it.',
    'Take it away, put words in double quotes, or set a `#` before a comment.',
  ),
  'given-twice': error(
    'This is said twice',
    'Of two statements of the same thing one would have to be passed over, and it would not be seen which.',
    'Keep one of them.',
  ),
  'value-missing': error(
    'A value is missing here',
    'An expression is made of numbers, dates, names and what is worked out from them.',
    'Write a number, a name, or brackets around an expression.',
  ),
  'operator-missing': error(
    'Two values stand side by side',
    'Nothing says how they belong together; multiplication is never left out.',
    'Write an operator between them, such as `*`.',
  ),
  'bracket-unclosed': error(
    'This bracket is not closed',
    'Every bracket is closed within the declaration in which it opens.',
    'Close it.',
  ),
  'bracket-unopened': error(
    'This bracket closes nothing',
    'No bracket of its kind was opened before it on this line.',
    'Take it away, or open one.',
  ),
  'equals-in-expression': error(
    'Numbers are not compared by `=`',
    'Worked-out numbers hardly ever meet to the last digit, so an equality would fail in nearly every future.',
    'Write `<=` or `>=`, or a band: `0.9 * a <= b <= 1.1 * a`.',
  ),
  'comparison-mixed': error(
    'These comparisons point both ways',
    'A chain such as `1 < x <= 2` reads as one band only where all its signs point the same way.',
    'Turn one part around, or join two comparisons by `and`.',
  ),
  'nesting-too-deep': error(
    'This is nested too deep',
    'Brackets, signs, powers and conditions within each other are limited to 200, so that every stage can follow them.',
    'Give parts of it names of their own with `let`.',
  ),
  'expression-too-long': error(
    'This expression is too long',
    'One expression holds at most 1,000 values, so that every stage can follow it; nobody can read a longer one.',
    'Give parts of it names of their own with `let`.',
  ),
  'unit-malformed': error(
    'This is no unit',
    'A unit is made of names with `*`, `/`, `^` and brackets, such as `round/day` or `USD/(person*year)`.',
    'Write it so; a plain number has the unit `1`, a share the unit `share`.',
  ),
  'measure-without-reducer': error(
    'This measure does not say what it takes from a future',
    'A future holds a value at every step; a measure makes one number or one yes or no of them.',
    'Begin with `final`, `at`, `highest`, `lowest`, `average`, `total`, `ever`, `always` or `time until`.',
  ),
  'claim-without-form': error(
    'This claim says nothing that can be judged',
    'A claim is a condition, a record of sources, or says why it is not judged.',
    'Indent below it a condition such as `paper <= 6 month`, or `not testable "reason"`.',
  ),
  'claim-two-forms': error(
    'This claim says two things',
    'A claim has one verdict, so it says one thing.',
    'Make two claims of it, or join two conditions by `and`.',
  ),
  'claim-reason-missing': error(
    'The reason is missing',
    'A claim that is not judged says why, so that silence is never taken for a verdict.',
    'Write the reason behind it in double quotes.',
  ),

  'likelihood-malformed': error(
    'This likelihood cannot be read',
    'How likely something is said to be is a word of ICD 203 behind `is`, or one comparison of `P(condition)` with a percentage. Other words mean something else to every reader.',
    'Write `CONDITION is unlikely` or `P(CONDITION) >= 90%`. The words are almost no chance, very unlikely, unlikely, roughly even, likely, very likely, almost certain.',
  ),

  // --- events -----------------------------------------------------------------------------------------------
  'event-without-trigger': error(
    'Nothing makes this event happen',
    'An event happens on dates, with a rate, or when a condition turns true; without any of these it would stand in the text and never happen.',
    'Indent below it one line: `on DATE`, `rate 1/year` or `when CONDITION`.',
  ),
  'event-two-triggers': error(
    'Two things make this event happen',
    'With several of `on`, `rate` and `when` nobody could say whether all of them are needed or any of them is enough.',
    'Leave one of them, or make it two events.',
  ),
  'event-between-steps': warning(
    'A date of this event falls between two instants',
    'A model knows its instants only: the event happens at the first instant that does not lie before the date.',
    'Choose a date that is an instant of the model, or a shorter step.',
  ),
  'event-rate-unit': error(
    'A rate is a number per time',
    'A rate says how often something happens in a length of time: over a short time the chance of the event is the rate times that time.',
    'Give it a unit such as `1/year`.',
  ),
  'event-rate-negative': error(
    'A rate is not below zero',
    'Nothing happens less often than never. A rate that is worked out is watched while a future runs.',
    'Write `0/year` for what does not happen, or a rate above it.',
  ),
  'event-length': error(
    'What an event lasts is more than nothing',
    'While an event lasts it is active; without `for` it is active for the one step in which it happens.',
    'Write a length of time above zero, or take the line away.',
  ),
  'event-chance-with-rate': error(
    'A rate needs no chance',
    'A rate says how likely the event is in every step; a chance beside it would make it another rate.',
    'Take the line `chance` away, or write a smaller rate.',
  ),
  'effect-target': error(
    'This cannot be moved so',
    'An event or an option moves what is in a stock, by `adds` and `takes`, and sets an input, by `sets`; everything else is worked out from those.',
    'Name a stock behind `to` or `from`, or an input behind `sets`.',
  ),
  'effect-below-zero': error(
    'What is moved is not below zero',
    'A flow runs one way: less than nothing would move nothing at all. An amount that is worked out is watched while a future runs.',
    'Turn the line around: `adds` instead of `takes`, or `takes` instead of `adds`.',
  ),
  'effect-reads': error(
    'What an input is set to changes within a future',
    'An input is set to one value for as long as the setting holds; it may read other inputs, levers and constants, and the input itself.',
    'Let a `let` work out what changes, and let the equations read that in place of the input.',
  ),
  'event-not-held': error(
    'This is not how it is held',
    'An event never happens, is always active, or happens on a date; an input or a lever is held at a value, a decision at an option.',
    'Write `EVENT never`, `EVENT always` or `EVENT on DATE`, and `NAME = VALUE` for all else.',
  ),
  'horizon-outside-claim': error(
    'What happens within a time is asked by a claim',
    'Whether something happens until a date is known only when that date has come; an equation is worked out at every instant, and a measure says itself over which time it looks.',
    'In a measure write `ever EVENT is active over A .. B`; in an equation `EVENT has happened`.',
  ),
  'event-expected': error(
    'An event or a decision is expected here',
    '`is active`, `has happened` and `time since` ask after an event, `is OPTION` after a decision; nothing else has such a state.',
    'Write the name of an event, or compare a quantity by `<`, `<=`, `>` or `>=`.',
  ),
  'event-state': error(
    'An event has no such state',
    'An event is active or not, has happened or not; other words stand behind `is` for the options of a decision.',
    'Write `is active`, `has happened` or `time since`.',
  ),
  'event-read-alone': error(
    'The name of an event has no value of its own',
    'Whether it is active now, whether it has ever happened, and how long ago are three things.',
    'Write `NAME is active`, `NAME has happened` or `time since NAME`.',
  ),

  'comparison-malformed': error(
    'This comparison cannot be read',
    'A claim that compares says what is held on both sides, which measure it speaks of, and from which size on a difference matters.',
    'Write `supply = 5 t against 2 t raises left by at least 10 t "why so much"`, `left does not hang on price beyond 5%`, or `only China in Supplier has capacity > need`.',
  ),

  // --- what the model means ----------------------------------------------------------------------------------
  'model-missing': error(
    'The model has no title',
    'Every argument is named, so that a ledger says what was tested.',
    'Begin with a line such as `model "What the deliveries changed"`.',
  ),
  'time-missing': error(
    'The model has no time axis',
    'Stocks and flows live in time: without a start, an end and a step there is nothing to run.',
    'Add a line such as `time 2024-01-01 .. 2024-12-30 by 1 week`.',
  ),
  'declared-twice': error(
    'This is declared a second time',
    'A model has one title, one time axis, one date of knowledge and one pool to explore; a second would silently replace the first.',
    'Keep one of the two.',
  ),
  'name-taken': error(
    'This name is taken',
    'A name means one thing everywhere in a model, so that a reader never has to guess which.',
    'Choose another name for one of the two.',
  ),
  'name-unknown': error(
    'Nothing has this name',
    'An equation can only read what the model declares.',
    'Declare it, or correct the spelling.',
  ),
  'name-not-readable': error(
    'This name has no value here',
    'Actors, groups and scenarios are not quantities, and a measure is known only when a future has ended.',
    'Name a variable, an input or a unit.',
  ),
  'unit-unknown': error(
    'This unit is not declared',
    'Units are checked, so that rounds are never added to days; a unit must be known for that.',
    'Declare it with a line such as `unit round`, or correct the spelling.',
  ),
  'unit-missing': error(
    'This has no unit',
    'A quantity without a unit cannot be checked, and a reader cannot tell what it counts.',
    'Write the unit after a colon, for example `stock stores: round = 90_000`.',
  ),
  'unit-mismatch': error(
    'These two sides have different units',
    'Adding, comparing or choosing between unlike quantities is a mistake of the argument, not of the arithmetic.',
    'Bring both sides to one unit.',
  ),
  'unit-of-equation': error(
    'The equation gives another unit than the name declares',
    'Either the equation leaves a factor out or the declared unit is wrong; both change what the model says.',
    'Correct the equation or the declared unit.',
  ),
  'unit-not-positive': error(
    'A unit must be a positive amount',
    'A unit of nothing, or of less than nothing, cannot count anything.',
    'Write for example `unit container = 480 round`.',
  ),
  'unit-circle': error(
    'These units are defined by each other',
    'A derived unit must lead back to base units in the end.',
    'Declare one of them as a base unit: `unit NAME`.',
  ),
  'condition-expected': error(
    'A condition is needed here',
    '`if`, `and`, `or`, `not`, `ever`, `always`, `time until` and claims work on what is true or not.',
    'Compare it with something, for example `x > 0`.',
  ),
  'number-expected': error(
    'A quantity is needed here',
    'Arithmetic works on quantities; a yes or no, or a date, cannot be added up.',
    'Turn a condition into a number with `if condition then 1 else 0`; subtract dates to get a length of time.',
  ),
  'date-arithmetic': error(
    'Dates cannot be used like this',
    'A date less a date is a length of time, and a date and a length of time make a date; nothing else has a meaning.',
    'Write for example `time - 2024-06-20` or `2024-06-20 + 30 day`.',
  ),
  'date-without-calendar': error(
    'This model has no calendar',
    'Its time axis starts at a number, so a date cannot be placed on it.',
    'Use a length of time such as `30 day`, or give the time axis dates.',
  ),
  'date-expected': error(
    'A date is needed here',
    'The model runs over dates, so an instant in it is a date.',
    'Write the instant as a date, for example `2024-06-20`.',
  ),
  'function-unknown': error(
    'There is no such function',
    'Only the functions of the language reference exist; a model cannot call anything else.',
    'See the list of functions in docs/language.md.',
  ),
  'function-arguments': error(
    'This function takes another number of arguments',
    'With too few or too many arguments its meaning would be a guess.',
    'See the list of functions in docs/language.md.',
  ),
  'function-unit': error(
    'This function takes a plain number',
    'The exponential, the logarithm or the nearest whole number of a quantity would change with the unit it is written in.',
    'Divide by something in the same unit first.',
  ),
  'exponent-not-number': error(
    'This exponent does not fit',
    'The power of a quantity is part of its unit, so it must be a plain number that is written out.',
    'Write the exponent as a number, for example `x^2`, or divide the base by its unit first.',
  ),
  'constant-expected': error(
    'A fixed number is needed here',
    'Figures, the time axis, unit definitions and forced values are settled before any future runs.',
    'Write numbers and units only.',
  ),
  'constant-impossible': error(
    'This number cannot be worked out',
    'A fixed number must be a number: no division by zero, no fractional or enormous powers.',
    'Correct the arithmetic.',
  ),
  'index-not-an-element': error(
    'An index is the name of an element',
    'The elements of a group have names and no numbers, so that a new one does not move the others. Brackets do not choose an instant either: in a measure stands `at DATE x`, in an equation `delay(x, 1 week)`.',
    'Write the name of an element, or of an index.',
  ),
  'index-missing': error(
    'This array needs an element',
    'An array has one value for each element of its group; here one value is needed.',
    'Name an element in brackets or put them together with `sum(… over Group)`.',
  ),
  'index-not-array': error(
    'This index does not fit',
    'Only an array over a group has elements.',
    'Leave the brackets out.',
  ),
  'index-count': error(
    'This array has another number of indices',
    'An index left out or added would have to be guessed, and a matrix read the wrong way round still gives numbers.',
    'Write one index for each group of the array, in its order; the name of a group stands for the current element.',
  ),
  'index-ambiguous': error(
    'This could be one of several elements',
    'Where one group is gone through twice there are two current elements, and which is meant decides the result.',
    'Name the indices, `for a in GROUP`, and write the one that is meant in brackets.',
  ),
  'index-unnamed': error(
    'A group that occurs twice needs named indices',
    'Without names nothing could say which of the two elements is which.',
    'Name the indices, for example `[a in Age, b in Age]`.',
  ),
  'index-other-group': error(
    'This index belongs to another group',
    'Elements of different groups have nothing to do with each other, even where they stand at the same place.',
    'Write the indices in the order of the groups of the array.',
  ),
  'group-not-read': error(
    'This runs over a group, but nothing in it does',
    'Every element would give the same: the least and the greatest of them are the value itself, a sum only multiplies it.',
    'Let it read an array over the group, or take the value without the group.',
  ),
  'group-unknown': error(
    'There is no such group',
    'Arrays and sums run over a declared group.',
    'Declare it: `group NAME = A, B, C`.',
  ),
  'element-unknown': error(
    'This is not an element of the group',
    'An array has values for the elements of its group only.',
    'Correct the spelling, or add the element to the group.',
  ),
  'element-twice': error(
    'This element stands in the group twice',
    'It would be counted twice in every sum over the group.',
    'Keep it once.',
  ),
  'group-too-large': error(
    'This group has too many elements',
    'Every element is a variable of its own in every array over the group.',
    'Model aggregates: a group is meant for actors, classes or ages, not for single things.',
  ),
  'model-too-large': error(
    'The model is too large',
    'The limit keeps a run within the memory of an ordinary machine, and is met before anything is allocated.',
    'Use fewer elements, or sum over smaller groups.',
  ),
  'asked-not-flow': error(
    '`asked` goes with a flow',
    'Only a flow has both what was wanted and what was there to flow.',
    'Leave `asked` out, or name a flow.',
  ),
  'time-expected': error(
    'A length of time is needed here',
    'Steps, how long something lasts, and the ends of a model without a calendar are lengths of time.',
    'Write for example `1 week`.',
  ),
  'time-ends-unlike': error(
    'One end of the time axis is a date and the other is not',
    'A model either has a calendar or counts time from a zero of its own.',
    'Write both ends as dates or both as lengths of time.',
  ),
  'time-step-not-positive': error(
    'The time step must be longer than nothing',
    'With a step of zero or less, time would never reach its end.',
    'Write for example `by 1 day`.',
  ),
  'time-end-before-start': error(
    'The time axis ends before it starts',
    'There would be no step to run.',
    'Put the earlier instant first.',
  ),
  'time-steps-not-whole': error(
    'The time axis is not a whole number of steps',
    'The last step would have another length than the others, and totals would not add up.',
    'Move the end, or change the step.',
  ),
  'time-too-many-steps': error(
    'The time axis has too many steps',
    'Each future runs through all of them; the limit keeps a run within the memory and the patience at hand.',
    'Choose a longer step or a shorter stretch of time.',
  ),
  'state-too-large': error(
    'One future of this model would not fit in memory',
    'A `delay` remembers every instant, for each element apart; the limit is met before anything is run.',
    'Choose a longer step or a shorter stretch of time, fewer elements, or `delay3`, which remembers three levels.',
  ),
  'instant-outside-time': error(
    'This lies outside the time of the model',
    'Nothing is known there, and a measure would be silently empty.',
    'Choose an instant within the time axis, or extend the axis.',
  ),
  'window-empty': error(
    'This window is empty',
    'Its end must be after its start.',
    'Put the earlier instant first: `over A .. B`.',
  ),
  'source-unknown': error(
    'There is no such source',
    'Every figure is tied to a declared source, or says `assumed` with its reason.',
    'Declare it with a line `source NAME "who said it, where" date … side … url …`.',
  ),
  'side-unknown': error(
    'There is no such side',
    'A side groups sources that speak for one party; it is declared once.',
    'Declare it with a line `side NAME "label"`.',
  ),
  'author-twice': error(
    'Two sources are marked as the author',
    'Own arithmetic is judged by the figures of the one who wrote the argument.',
    'Mark one source with `author`.',
  ),
  'source-without-date': error(
    'This source has no date',
    'The model cuts knowledge at a date (`as of`), so it must be known whether the statement came before or after it.',
    'Add the date to the source: `date 2024-06-14`.',
  ),
  'input-without-source': error(
    'This input has no figure',
    'A number that nobody stands for cannot be tested or disputed.',
    'Add a line with a source and its figure, or `assumed LOW to HIGH "reason"`.',
  ),
  'assumed-without-reason': error(
    'This assumption has no reason',
    "An assumption is the model's own figure: a reader must be able to dispute it.",
    'Add the reason in quotes: `assumed 119 to 206 "why this range"`.',
  ),
  'reading-without-reason': error(
    'This reading has no reason',
    "`read as` turns what somebody said into what the model draws; that step is the model's, not the speaker's.",
    'Add the reason in quotes after the figure.',
  ),
  'estimate-twice': error(
    'This source speaks twice of the same thing',
    'Two figures of one speaker would have to be weighed silently.',
    'Keep one line, say from when the second one holds (`from 2024-04-01 5_000`), or declare two sources.',
  ),
  'dates-mixed': error(
    'These dates do not go together',
    'All dated lines of a source are one estimate of how a thing changes: each holds until the next (`from`), or they are points joined by lines (`at`). Of a mixture nobody could say what it is between two dates.',
    'Write `from` on all of them, or `at` on all of them.',
  ),
  'dates-not-rising': error(
    'The dates of this source do not rise',
    'One dated line takes over from another, so that their order is the order of time, and no date comes twice.',
    'Put the lines in the order of their dates.',
  ),
  'dates-after-start': error(
    'Nobody says what holds at the start',
    'A figure that holds from a date on is never carried back to before it, and the model needs one from its first instant on.',
    'Put a line of the same source without a date first, or let the first line begin at the start.',
  ),
  'date-misplaced': error(
    'There is no place for a date here',
    'A date belongs to one figure of one speaker, and stands between the two.',
    'Write `SOURCE from 2024-04-01 5_000` or `SOURCE at 2024-04-01 5_000`.',
  ),
  'figure-between-steps': warning(
    'This figure begins between two steps',
    'The model looks only at its instants: what holds from a date between two of them counts from the next one on, so that totals can be far off.',
    'Choose a step that meets the dates, or move the date to an instant.',
  ),
  'estimates-not-alike': error(
    'These estimates do not answer one question',
    'Figures that count by different rules are not rivals: comparing them would be comparing questions.',
    'Say how the odd one is to be understood with `read as`.',
  ),
  'matrix-shape': error(
    'This matrix does not fit',
    'A figure that stands in the wrong column or row is a wrong figure, and nothing would show it.',
    'Write the elements of the last group behind `matrix`, and below a row for each element of the group before it.',
  ),
  'else-fills-nothing': error(
    'This `else` fills nothing',
    'It would be a figure that no element has; a reader would take it for one that counts.',
    'Take it away, or take away the lines that it should stand for.',
  ),
  'echo-without-origin': error(
    'This echo has no origin here',
    "An echo repeats another source's figure and counts once with it, so that figure must stand in the same input.",
    "Add the origin's own line, and point every echo at it.",
  ),
  'interval-impossible': error(
    'This is not a 90 % interval',
    '`a to b` leaves five futures in a hundred below a and five above b; the shape follows from the ends (lognormal, normal, or logit-normal for a share).',
    'Correct the ends, or use a named distribution such as `uniform(a, b)`.',
  ),
  'distribution-unknown': error(
    'There is no such distribution',
    'Only the distributions of the language reference can be drawn.',
    'See the list of distributions in docs/language.md.',
  ),
  'distribution-parameters': error(
    'These parameters give no distribution',
    'A distribution with impossible parameters would fail in every future.',
    'Correct the parameters.',
  ),
  'truncation-not-continuous': error(
    'Only a range can be cut',
    '`within` cuts what reaches too far off a distribution that knows every value in between.',
    'Leave `within` out, or list the values that are possible: `discrete(1: 20%, 2: 50%, 3: 30%)`.',
  ),
  'truncation-empty': error(
    'The limits leave nothing of this distribution',
    'What is drawn comes from between the limits; where less than a ten-billionth of the distribution lies there, the two contradict each other.',
    'Correct the limits, the lower one first, or the distribution.',
  ),
  'share-out-of-range': error(
    'A share lies between 0 % and 100 %',
    'A share beyond them would count more than the whole, or less than nothing.',
    'Correct the figure, or give a factor that may be above 1 the unit `1`, a plain number.',
  ),
  'correlation-not-input': error(
    'Only inputs can be correlated',
    'A correlation says which values of two inputs are drawn together; everything else follows from the inputs.',
    'Name two inputs, or single elements of inputs: `correlate made, price[Russia] 0.6`.',
  ),
  'correlation-with-itself': error(
    'An input cannot be correlated with itself',
    'A correlation says how far two inputs go together.',
    'Name another input in one of the two places.',
  ),
  'factor-member': error(
    'A factor holds what is uncertain',
    'A claim of importance asks what differs between futures: inputs, and what is left to chance. What is worked out from them is no uncertainty of its own.',
    'Name inputs, or what draws, with commas between them: `factor supply = drawn, harvest`.',
  ),
  'factor-overlap': error(
    'This is in two factors',
    'What both had would be counted twice, and the larger of the two could not be told.',
    'Keep it in one of them, or make the two one factor.',
  ),
  'factor-left-out': error(
    'The factors leave something out',
    'Only if the factors take in all that is uncertain is the largest of them the largest of all.',
    'Put what is left into a factor, if need be into one for all the rest.',
  ),
  'importance-subject': error(
    'This cannot be named here',
    'A claim of importance compares factors, or levers where it says `among levers`. A thing in no factor may be named itself.',
    'Name a factor, an input or what else is uncertain.',
  ),
  'importance-of-all': error(
    'There is nothing that could matter less',
    'Where all of them are named, the claim is true whatever the numbers.',
    'Name fewer.',
  ),
  'importance-without-path': warning(
    'Nothing leads from here to what the claim asks about',
    'No equation between them reads it, so that it can never be among what matters most: the claim fails by construction.',
    'Look whether an equation should read it, or name another.',
  ),
  'factor-constant': warning(
    'Nothing in this factor is uncertain',
    'What is the same in every future carries no share of what differs between them.',
    'Give one of its inputs a range, or take the factor away.',
  ),
  'correlation-twice': error(
    'This pair is correlated twice',
    'Two numbers for one pair could contradict each other.',
    'Keep one of the two lines.',
  ),
  'correlation-range': error(
    'A rank correlation lies between -1 and 1',
    'At 1 high values of both always come together, at -1 high values of the one come with low values of the other, at 0 they are independent.',
    'Write a plain number such as `0.6` or `-0.3`. Where one fully follows from the other, make it a `let`.',
  ),
  'correlation-impossible': error(
    'These correlations contradict each other',
    'Where A goes with B and B with C, A and C cannot go apart as far as they like; pairs without a line count as independent.',
    'Weaken the correlation that is marked, or give the missing pairs a line.',
  ),
  'correlation-too-large': error(
    'Too many inputs are correlated with each other',
    'Correlated inputs are drawn together, and the work grows with the third power of their number.',
    'Let what they have in common be an input of its own, and the others follow from it.',
  ),
  'correlation-without-draws': warning(
    'This correlation does nothing',
    'Only what is drawn can go together: an exact number has the same value in every future.',
    'Give the figure a range, or take the correlation away.',
  ),
  'viewpoint-without-speaker': error(
    "This viewpoint uses nobody's figures",
    'A viewpoint is an ordered choice of speakers.',
    'Add a line such as `use side West` or `use brief`.',
  ),
  'viewpoint-without-figure': error(
    'A viewpoint has no figure for this input',
    'Where its speakers are silent, or gave only a bound that is not read as anything, a viewpoint takes `assumed`.',
    'Add a line `assumed LOW to HIGH "reason"`; to a bound, `read as LOW to HIGH "reason"`.',
  ),
  'viewpoint-missing': error(
    'Rival figures, and nobody to choose between them',
    'Casus never mixes rival estimates: a verdict belongs to one viewpoint.',
    'Declare viewpoints, for example `viewpoint West "What the West says"` with a line `use side West`.',
  ),
  'viewpoint-unknown': error(
    'There is no such viewpoint',
    'A pool draws among the viewpoints that the model declares, since only they say whose figures count.',
    'Write the name of a viewpoint, or declare one: `viewpoint West "What the West says"` with a line `use side West`.',
  ),
  'pool-weight': error(
    'The weight of a viewpoint is a plain number above 0',
    'A weight says how often a viewpoint is drawn, compared with the others: with 2 and 1 the first is drawn twice as often.',
    'Write a plain number such as `1`. What is never to be drawn is left out of the line.',
  ),
  'pool-too-small': error(
    'A pool has at least two viewpoints',
    'Where only one can be drawn, every future is its own, as in a run under this viewpoint alone.',
    'Add another viewpoint with its weight, or take the line away.',
  ),
  'pool-hindsight': error(
    'A pool takes no viewpoint in hindsight',
    'What was stated after `as of` stands beside what was known then and is never mixed with it.',
    'Take it out of the pool; `casus run … --hindsight` shows it in a column of its own.',
  ),
  'figure-not-usable': error(
    'No figure of this input can be drawn',
    'A bound or a denial stays on record; it enters a future only through what it is read as. What was said after `as of` enters hindsight only.',
    'Add `read as LOW to HIGH "reason"` to one of the figures, or an `assumed` line.',
  ),
  'hindsight-without-as-of': error(
    'Hindsight needs a date of knowledge',
    'Hindsight is what was said after `as of`; without that date nothing is later.',
    'Add a line such as `as of 2024-06-20`.',
  ),
  'start-reads-flow': error(
    "A stock's start cannot hang on a flow",
    "A stock's first value is needed before anything can flow.",
    'Use inputs, lets of inputs, or other stocks.',
  ),
  'start-below-zero': error(
    'This stock starts below nothing',
    'A stock holds something that is there; it can be emptied, and never gives more than it has.',
    'Correct the sign, or mark the stock as `signed` if less than nothing has a meaning, as for a debt.',
  ),
  'stock-needs-flow': error(
    'Only flows fill and drain a stock',
    'What enters or leaves a stock is named, so that it can be counted and rationed.',
    'Declare it with `flow NAME: UNIT/day = …`.',
  ),
  'flow-unit': error(
    'This flow does not fit the stock',
    'A flow counts what its stock counts, per time.',
    'Correct the unit of the flow or of the stock.',
  ),
  'flow-shape': error(
    'These arrays do not fit together',
    'Each element of an array of stocks has a flow of its own, over the same group.',
    "Make the flow an array over the stock's group, or name one element.",
  ),
  'table-without-source': error(
    'These points have no origin',
    'The points of a table and the rows of a data file are figures like those of an input: somebody states them, or the model assumes them and says why.',
    'Add a line `by SOURCE "where it says so"` or `assumed "reason"` under the head.',
  ),
  'table-not-rising': error(
    'The rows of this table do not rise',
    'A table is read by its first column, which must rise from row to row for its value to be one.',
    'Put the rows in order, each point once.',
  ),
  'table-too-short': error(
    'This table has too few rows',
    'Between two points there is a line, and with `held` one point is enough; with fewer there is nothing to read.',
    'Add rows such as `30 day, 80%`.',
  ),
  'table-between-steps': warning(
    'This row lies between two steps',
    'A held table changes at once, and the model looks only at its instants: what begins or ends between two of them counts from the next one on, so that totals can be far off.',
    'Choose a step that meets the rows, or move the row to an instant.',
  ),
  'draw-outside-equation': error(
    'Chance is drawn in the equation of a let or a flow',
    'What `draw` gives is drawn while a future runs, at its instants; what is uncertain but fixed within a future is an input.',
    'Declare it as a `let` or a `flow` and read that by its name, or make it an input with this distribution.',
  ),
  'draw-not-closed': error(
    'This distribution is not drawn in equations',
    'An equation draws at every instant of every future, so it takes only distributions whose quantile is a short formula.',
    'Draw one of those that an equation can draw, or make it an input.',
  ),
  'draw-length-not-whole': error(
    'A draw stands for a whole number of steps',
    'A new number comes at an instant of the model; between two of them there is none at which it could come.',
    'Write a multiple of the step behind `every`.',
  ),
  'draws-collide': error(
    'Two names draw the same numbers',
    'What is drawn for a name hangs on a number of 32 bits that is made of the name. These two have the same one, by chance, so that they would always go together.',
    'Rename one of the two.',
  ),
  'data-file-name': error(
    'This is no name of a data file',
    "A data file lies in the folder of the argument or below it, so that a model from a stranger can open none of a reader's other files.",
    'Put the file beside the model and write its name, such as `"prices.csv"` or `"data/prices.csv"`.',
  ),
  'csv-malformed': error(
    'This is no table of comma-separated values',
    'A data file has one header and below it rows of as many cells, with commas between them; a cell that holds a comma or a quote stands in quotes.',
    'Save the table again as comma-separated values (CSV).',
  ),
  'csv-header': error(
    'The header of this data file cannot be used',
    'Columns are found by their names in the first line, so each has one name, and no two the same. Lines before it that begin with `#` are comments.',
    'Give every column a name of its own in the first line.',
  ),
  'csv-without-rows': error(
    'This data file has no rows',
    'Below the header stand the rows, one for each instant; without any there is nothing to read.',
    'Add a row such as `2024-01-01,120`.',
  ),
  'csv-too-long': error(
    'This data file has too many rows',
    'Rows are limited, so that reading a file from a stranger never takes long; a day a row, the limit is 270 years.',
    'Leave out rows beyond the time of the model, or take every second one.',
  ),
  'csv-cell-missing': error(
    'A cell of this data file is empty',
    'What is not known is not filled in silently: a gap between two rows is joined or kept as the series says, and that should be seen.',
    'Write what is known there, or leave the whole row out.',
  ),
  'csv-not-a-number': error(
    'This cell is no number',
    'A data file is read as it is: digits, with a point before decimals and without signs between thousands; units stand in the model.',
    'Write a number such as `1234.5`.',
  ),
  'csv-not-a-date': error(
    'This cell is no date',
    'Dates are written in one way, year, month, day, since a date such as 03/04/2024 is a day in March for some and in April for others.',
    'Write a date such as `2024-06-20`.',
  ),
  'csv-not-rising': error(
    'The times of this data file do not rise',
    'Each row holds from one instant on or is joined to the next one, so that rows stand in order, each instant once.',
    'Put the rows in order, each instant once.',
  ),
  'column-unknown': error(
    'This data file has no such column',
    'Columns are found by their names in the header, letter by letter.',
    'Correct the name, here or in the header.',
  ),
  'column-not-said': error(
    'It is not clear which column is meant',
    'A file of exactly two columns, or one with a column of the same name, says by itself which column is meant; any other could be read wrongly.',
    'Add a line such as `column "tonnes"`.',
  ),
  'series-too-short': error(
    "This series does not cover the model's time",
    'Beyond its rows a series says nothing, and a value that nobody recorded would enter every future.',
    'Add the missing rows, shorten `time`, or add a line `ends kept`: then the first and the last value hold beyond the rows.',
  ),
  'observed-not-number': error(
    'Nothing can be recorded of this',
    'A record is set beside what the model works out as a number at each instant: a stock, a flow or a let.',
    'Name a stock, a flow or a let that holds a quantity.',
  ),
  'observed-outside-time': error(
    "No record lies within the model's time",
    'Records are compared with what the model says of the same instants; these have none in common.',
    'Set `time` so that it holds some of the records, or take another file.',
  ),
  'observed-too-many': error(
    'There are too many records beside this variable',
    'Each record is met in every future, so that their number is limited; it takes far fewer to see how a model fits.',
    'Keep every second record, or one a week in place of one a day.',
  ),
  'delay-too-long': error(
    'Nothing comes through this delay before the end',
    'What goes into a `delay` comes out one length later. Where that is beyond the end of time in every future, the delay only gives what was there before the start.',
    'Correct the length, let the model run longer, or read the first value itself.',
  ),
  'delay-negative': error(
    'This delay has a length below zero',
    'What goes in comes out later, never earlier: an equation cannot read what has not happened yet.',
    'Turn the sign, or correct the figures that the length is worked out from.',
  ),
  'delay-below-zero': warning(
    'This delay can have a length below zero',
    'What goes in comes out later, never earlier. A future that draws such a length fails, and is left out of every share.',
    'Correct the figure, or cut its lower end off: `normal(3, 2) within 0 .. 10`.',
  ),
  'delay-too-short': warning(
    'This delay is shorter than the steps can show',
    'Each level of a delay takes one step at least, `delay3` and `smooth3` have three levels, and what is shorter is lengthened to that.',
    'Choose a shorter step, or `delay1` or `smooth` in place of three levels.',
  ),
  'delay-outside-equation': error(
    'A delay stands in an equation',
    'A delay remembers the instants before; a first value, a measure or a claim has none that it could remember.',
    'Declare it as a `let` or a `flow`, and read that by its name.',
  ),
  'two-way-physical': error(
    'A flow that may run backwards needs a signed stock',
    'Running backwards it would drain the stock that it fills, past what is there; a physical stock has nothing to give below zero.',
    'Make it two one-way flows, or mark the stock as `signed` if less than nothing has a meaning.',
  ),
  'flow-used-twice': error(
    'This flow is used twice',
    'What flows comes from one place and goes to one place, else matter would be doubled.',
    'Declare a second flow.',
  ),
  'flow-without-stock': warning(
    'This flow changes nothing',
    'A flow that enters and leaves no stock is only a number.',
    'Put it into a stock with `+` or `-`, or make it a `let`.',
  ),
  cycle: error(
    'These equations need each other at the same instant',
    'Without a stock between them none can be worked out first.',
    'Let one of them read a stock, which holds the value of the instant before.',
  ),
  'start-cycle': error(
    'The first values of these stocks need each other',
    'None of them can be worked out first.',
    'Give one of them a first value of its own.',
  ),
  'number-without-origin': warning(
    'This number has no origin',
    'A number inside an equation hides an assumption: it has no source, no range, and cannot be varied.',
    'Make it an input with a source or with `assumed` and a reason.',
  ),
  'name-unused': warning(
    'Nothing uses this name',
    'What nothing reads changes no verdict; often an equation reads another name than was meant, or was never written.',
    'Use it, or take it away.',
  ),
  'stock-unfilled': warning(
    'This stock never changes',
    'Without a flow a stock keeps its first value; one that starts empty and is never filled stays empty, so that nothing ever flows out of it.',
    'Give it its flows, or make it an input or a `let` if it is meant to stay as it is.',
  ),
  'claim-reads-variable': error(
    'A claim speaks of measures',
    'A claim is judged once for each future, and so is what is required, so what changes within a future must be reduced to one value first.',
    'Declare a measure, and speak of that.',
  ),
  'never-in-arithmetic': error(
    'What may never happen cannot be counted with',
    'A `time until` is `never` in a future in which it does not come about, and never plus or minus anything has no meaning.',
    'Compare it directly with a length of time, for example `runway <= 6 month`.',
  ),
  'claim-reads-nothing': error(
    'This claim is about nothing in the model',
    'A condition that reads no measure and no input is the same in every future.',
    'Let it speak of a measure, or say `context "reason"`.',
  ),
  'title-not-illustrative': warning(
    'No figure of this model has a source, and its title does not say so',
    'Every input is assumed, so that whatever comes out shows how the assumptions go together and tells nothing of the world. Whoever meets a result knows the model by its title.',
    'Put the word `illustrative` into the title, or give an input a figure of a source.',
  ),
  'claim-without-input': warning(
    'Nothing that this claim hangs on could be otherwise',
    'It follows from numbers inside the model alone, which have no source and are the same under every viewpoint, so that its answer is built in.',
    'Make what is uncertain or disputed an input, with a source or with `assumed` and a reason, and let the model read it.',
  ),
  'likelihood-certain': warning(
    'This likelihood can only be 0 % or 100 %',
    'A likelihood is the share of the futures in which its condition is true. Nothing that this one hangs on has a range, rival figures, chance or a setting, so that it comes out the same in all of them.',
    'State it as a condition, or give an input that it hangs on its range.',
  ),
  'compared-not-measure': error(
    'What is compared is a measure',
    'Two worlds are compared by one number of each future, and so is what one thing does to another; measures are what a future is reduced to.',
    'Name a measure, or declare one of what is meant: `measure left = final stores`.',
  ),
  'compared-never': error(
    'What may never happen has no difference',
    'A `time until` is `never` in a future in which it does not come about. Never has no mean, and the difference between never and a date is no number.',
    'Ask a yes or no about it: `measure in_time = ever CONDITION over FROM .. TO`, and how much likelier that becomes in `points`.',
  ),
  'compared-amount': error(
    'This amount does not suit the measure',
    'A difference of shares, and of how often something is so, is told in points: 10 % more than 50 % could be 55 % or 60 %. What is counted in a unit is told in that unit, or as a percentage of what it is in the second world.',
    'Write `15 points` for a share or a yes or no; an amount in its unit, such as `10 t`, or `10%` for everything else. It is above 0.',
  ),
  'compared-alike': error(
    'Both sides hold the same',
    'Two worlds that are alike differ in nothing, so the claim would fail whatever the model says.',
    'Change what one side holds, or compare with `as it is`.',
  ),
  'compared-with-itself': error(
    'This measure only gives back what is held',
    'What is held at a value has that value, so that the difference is the one that the claim itself puts in.',
    'Name a measure of what is to follow from it.',
  ),
  'compared-without-path': warning(
    'Nothing leads from what is held to this measure',
    'No equation between them reads it, so that the measure is the same in both worlds by construction, whatever the numbers.',
    'Look whether an equation should read it. That it plays no part is claimed by `… does not hang on …`.',
  ),
  'forcing-impossible': error(
    'A claim cannot hold this',
    'A claim compares worlds by holding inputs, levers, events and decisions, or by a scenario. What follows from them cannot be held, and what a definition means is asked for in columns of its own.',
    'Name an input, a lever, an event, a decision or a scenario, or write `as it is`.',
  ),
  'forcing-from': error(
    'From when on cannot be said of this',
    'Inputs and levers are held throughout a future; only a decision or an event is held from a date.',
    'Take `from …` away, or let the model read a step of its own.',
  ),
  'only-among-others': error(
    'There are no others here',
    'That only one has something says that no other of its group has it. With one element in the group, or with a condition that is the same for all of them, nothing is told apart.',
    'Name a group with several elements, and a condition that reads a measure or an input over it.',
  ),
  'claim-unknown': error(
    'There is no such claim',
    '`because` and `with` name other claims of the model.',
    'Correct the name, or declare the claim.',
  ),
  'claim-not-condition': error(
    'Only what is true or false in each future can be a premise',
    '`because` parts the futures into those in which the premise is true and those in which it is not, and judges the conclusion in each. A record has no futures, and a likelihood or an effect speaks of all of them at once.',
    'Name a claim that is a condition. The condition of a likelihood can be made a claim of its own; `with` takes every claim that is tested.',
  ),
  'claim-not-tested': error(
    'Only claims that the model tests can be set side by side',
    '`with` asks under whose numbers both claims hold, so each needs a verdict of the model. A claim on record has none, and neither has one that is not testable, context or not yet modelled.',
    'Name a claim that the model tests, or take the line away.',
  ),
  'claim-with-itself': error(
    'This claim is set beside itself',
    'A claim always holds together with itself, so that nothing is tested.',
    'Name another claim, or take the line away.',
  ),
  'premise-circle': error(
    'These claims rest on each other',
    'What rests on a premise cannot be the reason for it: an argument that goes round in a circle has no ground.',
    'Take away the `because` that turns the argument round; `with` asks whether two claims can hold together.',
  ),
  // --- decisions --------------------------------------------------------------------------------------------
  'actor-unknown': error(
    'This is no actor',
    'A decision is made by an actor, with the consent of another where it says so; nobody else decides.',
    'Declare the one who decides with a line `actor NAME`.',
  ),
  'decision-options': error(
    'A decision needs two options at least',
    'Where there is nothing to choose between, nothing is decided.',
    'Indent below it a line `option NAME UTILITY` for each; doing nothing is an option too, often `option nothing 0`.',
  ),
  'option-twice': error(
    'Two options of one decision have the same name',
    'Of `is` and the name nobody could say which of the two is meant.',
    'Give each option a name of its own.',
  ),
  'option-unknown': error(
    'The decision has no such option',
    'Options are known by their decision alone; a name that is none of them would never be true.',
    'Write the name of one of its options.',
  ),
  'decision-leader': error(
    "The leader's own view and its weight belong together",
    'What an option is worth to the leader counts as far as `reason` leaves it; one says nothing without the other.',
    'Give both a line `reason SHARE` and below an option a line `for the leader UTILITY`, or neither.',
  ),
  'decision-consent': error(
    'Consent and what it hangs on do not fit together',
    'Where another actor must consent, that actor weighs what was chosen against what stands, and needs a utility of every option for it; where nobody must, nothing reads one.',
    'Name the actor behind `with`, and give every option a line `for ACTOR UTILITY`.',
  ),
  'scale-missing': error(
    'The decision does not say how steadily the better option is chosen',
    'The chance of an option grows with exp(utility / scale). How large a difference in utility must be to matter is a judgement that the model has to name.',
    'Add a line `scale AMOUNT` in the unit of the utilities: a difference of one scale makes the better option 2.7 times as likely, and 0 always takes the best.',
  ),
  'decision-below-zero': error(
    'This must not be below zero',
    'A scale below zero would prefer what is worse, and a cost below zero would pay for change.',
    'Give it as 0 or more.',
  ),
  'share-expected': error(
    'A share is needed here',
    'Weights and chances go from 0 % to 100 % and have no unit.',
    'Write a share such as `20%`, or divide by a quantity of the same unit.',
  ),
  'meetings-not-whole': error(
    'Meetings are a whole number of steps apart',
    'It is decided at instants of the model; between two of them there is none at which it could be.',
    'Write a multiple of the step behind `every`.',
  ),
  'meeting-between-steps': warning(
    'This meeting lies between two steps',
    'The model looks only at its instants: what is decided between two of them is decided at the next one.',
    'Choose a step that meets the date, or move the date to an instant.',
  ),
  'decision-not-value': error(
    'A decision has no value',
    'Its options have names and no order; only whether one of them stands can be read.',
    'Write `NAME is OPTION`.',
  ),
  'decision-expected': error(
    'A decision is expected here',
    '`chance of` tells how likely an option was made, and a preference weighs two of them; only a decision has options.',
    'Write `chance of DECISION is OPTION`.',
  ),
  'preference-of-another': error(
    'This actor has no say in the decision',
    'What an option is worth is known of the one who decides, and of the one whose consent is needed; of nobody else.',
    'Name one of these, or another decision.',
  ),
  'preference-without-date': error(
    'This preference has no date',
    'What an option is worth changes within a future, and a preference is asked of one instant.',
    'Write `at DATE` behind the decision.',
  ),
  'tie-groups': error(
    'A tie binds two actors',
    'A tie has a level for each pair of two different actors: one of its first group, and one of its second.',
    'Write two groups of actors, or one group twice: `tie trust[Country, Country]: 1 = 0`.',
  ),
  'tie-actors': error(
    'A tie binds actors',
    'How places, goods or ages stand to each other is a matrix of figures; a tie is what actors have with each other and what their deeds move.',
    'Take a group whose members are all declared as `actor`.',
  ),
  'tie-symmetric': error(
    'Only a tie within one group can be symmetric',
    'In a symmetric tie each of a pair has with the other what the other has with it, so both must be of one group.',
    'Write one group twice, `tie trust[Country, Country] symmetric: 1 = 0`, or leave `symmetric` out.',
  ),
  'tie-range': error(
    'This tie cannot lie so',
    'Behind `within` stand the lowest and the highest level of a tie; it starts between them, and no effect moves it beyond.',
    'Write the lower end first, and start within the ends: `tie trust[Country, Country]: 1 within -1 .. 1 = 0.2`.',
  ),
  'tie-start-unlike': error(
    'A symmetric tie starts alike both ways',
    'Of a symmetric tie there is one level for each pair; here the figures of both ways can never be the same, and one of them would be dropped.',
    'Give both ways one figure, or leave `symmetric` out.',
  ),
  'tie-with-itself': error(
    'An actor has no tie with itself',
    'A tie is between two actors. In a sum over all pairs an actor with itself counts as 0, but read by name it could only be a slip.',
    'Name two different actors.',
  ),
  'tie-unmoved': warning(
    'Nothing moves this tie',
    'A tie keeps its first level until an event or an option of a decision moves it.',
    'Let one of them move it, `adds 0.1 to trust[A, B]`, or make it an input.',
  ),
  'scenario-not-input': error(
    'A scenario can only hold inputs, levers, decisions and definitions',
    'Everything else follows from them.',
    'Name an input, a lever, a decision or a definition, or make the quantity one of them.',
  ),
  'definition-meaning': error(
    'This cannot be a meaning',
    'A definition chooses between variables that are worked out anyway: inputs, levers, series, stocks, flows and lets.',
    'Name a variable; what is still to be worked out is a `let` of its own.',
  ),
  'definition-unlike': error(
    'These meanings are not alike',
    'Whatever reads the definition reads one of its meanings, so all of them must be the same kind of thing: in one unit, and over the same groups.',
    'Bring all meanings into one unit and over the same groups, in lets of their own.',
  ),
  'definition-too-many': error(
    'This hangs on too many definitions',
    'It is judged under every combination of their meanings, each of which is a run and a column of its own.',
    'Let a scenario choose instead of a definition, or ask about fewer of them at once.',
  ),
  'meaning-unknown': error(
    'The definition has no such meaning',
    'A scenario holds a definition at one of the meanings that it names.',
    'Write the name of one of its meanings: `defeat = by_fire`.',
  ),
  'lever-range': error(
    'This lever cannot be set so',
    'A lever runs from its lowest to its highest setting, and stands somewhere between them.',
    'Write the lower end first: `lever aid: round/day 0 .. 5_000 = 1_000`.',
  ),
  'lever-outside-range': error(
    "This is beyond the lever's range",
    'The range says what a decision maker can set; beyond it the model claims nothing.',
    'Choose a setting within the range, or widen the range where the lever is declared.',
  ),
  'calibrated-not-input': error(
    'Only an input can be calibrated',
    'To calibrate is to solve for a number that nobody knows well, so that the model meets what is known of the past.',
    'Name an input; what is worked out by an equation has its value from there.',
  ),
  'calibrated-without-ends': error(
    'There is nothing between which this input could be solved for',
    'It is looked for between the lowest and the highest value that is said to be possible, under every viewpoint; without two ends there is no telling where to look.',
    'Give it ends under every viewpoint: `uniform(LOW, HIGH)`, `triangular(LOW, MODE, HIGH)`, or `within LOW .. HIGH` behind a distribution.',
  ),
  'calibrated-twice': error(
    'This input is calibrated twice',
    'One number can be solved for once; a second line would undo the first.',
    'Keep one of the lines, or calibrate another input by the second.',
  ),
  'calibrated-to-nothing': error(
    'Nothing can be brought to a value here',
    'An input is solved for so that something has a certain value that the model works out at each instant: a stock, a flow or a let.',
    'Name a stock, a flow or a let that holds a quantity.',
  ),
  'calibrated-to-course': error(
    'This is not known before the future has run',
    'What an input is solved to is what somebody knows of the past: given by inputs and figures, and not by the course that the model itself takes.',
    'Write an input, such as `observed_gain`, or an equation of inputs alone.',
  ),
  'calibrated-without-path': error(
    'This input has no way to what it is to bring about',
    'Where the variable does not hang on the input, no value of the input changes it, and no future could be calibrated.',
    'Name a variable that hangs on the input; `casus explain NAME --in ARGUMENT` tells what a name hangs on.',
  ),
  'calibrated-in-circle': error(
    'These inputs hang on each other',
    'Inputs are solved one after the other, each with those before it fixed; where each changes what the others must be there is no first one.',
    'Calibrate one of them, and give the other its range.',
  ),
  'require-reads-nothing': error(
    'This requires nothing of the model',
    'A condition that reads no measure and no input is the same in every future, and drops all of them or none.',
    'Let it speak of a measure, such as `require stores_then > 0`.',
  ),
  'require-certain': warning(
    'This is the same in every future',
    'A requirement drops the futures that contradict what is known; where nothing that it hangs on differs between futures, it drops all of them or none.',
    'Give an input that it hangs on its range, or take the line away.',
  ),
  'link-without-claim': error(
    'This link leads to no claim',
    'A link of the form `[words](#name)` binds words of the brief to a claim.',
    'Correct the name, or declare the claim.',
  ),
  'claim-without-link': error(
    'This claim is bound to no sentence',
    'Every claim stands for words of the brief; one that does not cannot be disputed by its reader.',
    'Link the words that make it.',
  ),
  'brief-missing': warning(
    'There is no prose beside this model',
    'Claims are bound to the sentences that make them; here there are none.',
    'Put a `brief.md` beside the model, with a link `[words](#claim)` for every claim.',
  ),
} as const satisfies Record<string, CodeEntry>;

export type DiagnosticCode = keyof typeof CODES;
