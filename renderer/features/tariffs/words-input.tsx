import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { wordsOf } from './choice-draft.ts';

interface WordsInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly words: readonly string[];
  readonly onWords: (words: readonly string[]) => void;
}

/** Several words separated by commas. A comma that was just typed stays. */
export function WordsInput({ words, onWords, ...props }: WordsInputProps) {
  const [typed, setTyped] = useState(() => words.join(', '));
  const isStale = wordsOf(typed).join() !== words.join();
  return (
    <TextInput
      {...props}
      value={isStale ? words.join(', ') : typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onWords(wordsOf(event.currentTarget.value));
      }}
    />
  );
}
