// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The answers that all of them show.

const mixedPiece = (i) => `## Part ${i}

Keep **the source of truth** and let *webhooks* change your own tables; \`code\` goes along, and so does
a [link](https://x.example/${i}). The sentence goes on for a while, so that it is broken somewhere.

- an item with \`code\`
- another one, **strong**
  - and one in it

\`\`\`python
def part_${i}(value: int) -> int:
    return value * ${i}  # and so on
\`\`\`

| Event | What to do | Often |
|---|---|---|
| \`created\` | Link customer and user | yes |
| \`failed\` | Warn the person | no |

`;

const filled = (make, size) => {
    let text = '';
    for (let i = 1; text.length < size; ++i) {
        text += make(i);
    }
    return text.slice(0, size);
};

export const answers = {
    mixed: (size) => filled(mixedPiece, size),
    table: (size) => '| A | B | C |\n|---|---|---|\n' + filled((i) => `| cell ${i} | \`code\` | some **more** words |\n`, size),
    list: (size) => filled((i) => `- item ${i} with some *words* in it\n`, size),
    code: (size) => '```cpp\n' + filled((i) => `    auto value${i} = compute(one, two); // and so on\n`, size),
};
