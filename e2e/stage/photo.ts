// Files as a shopper's phone has them: a photo with the place where it was taken in it, and things that are none.

import type { FilePayload } from './ask';

/** A cracked cup, 96 × 96 pixels, as a plain JPEG. */
const PICTURE = Buffer.from(
  [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4',
    'x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCABg',
    'AGADASIAAhEBAxEB/8QAGgABAAMBAQEAAAAAAAAAAAAAAAMEBQIGAf/EADIQAAICAAMFBgMJAQAAAAAAAAABAgMEERIFITFBURMiMmGR8GKxwS',
    'MkMzRDUnFygYL/xAAXAQEBAQEAAAAAAAAAAAAAAAAAAgED/8QAGhEBAAMBAQEAAAAAAAAAAAAAAAECMRFBEv/aAAwDAQACEQMRAD8A9IADGAAA',
    'AAAAAAAAAAAAAABzZZCqOqySivMDoGJdtl3WzpoejSt75+voV5znY85ylJ9W8wibPRg83GUoSUoycWuaeRbo2jdVun9pH4nv9QfTZBHTfXfDVX',
    'JPqua/kkCwAAAAAbUU22klxbMHGYl4m3Vk1Fboo0tqWuvDaYtJzeXnkYwc7T4o46t1WRxNfFPvFuqyNtanHgzqUVKLjLemsmUKG8JinTLwTfde',
    'foGbDQAASlw98sPcrI78uKz4o3q7I21xnHhJZnnDU2Ra3CdTa7u+K5+fvzC6z40QAHQAAGbtj9H/AK+hmGvtavVh4zSzcJceiftGQHK2hT2koO',
    'lOTymn3fPqXDOscXtD7z4V4c1u8s/IELtGrsIdpnqy358SQAMC9sn8zL+j+aKJp7Ir/Esa+FP5/QNrrSAAdQAAfJRU4uMlmmsmYGJolhrXCTT5',
    'p9UegI78PXiI6bI55cHzQTMdeeIsRRG+GmW5rg+hexGBuozeWuH7o/UrBzxQw98sPPsMRuS8MvfIvkWIojfDTLc1wfQ+bMoxVlzw0q3pis1N8E',
    'uW/wDz3yN1ZqqldbGuGWqXU36KlTTGuPCK9SPDYSvDR7qzm1k5PmThdY4AAKAAAAAA4nVXY851wk+rimdgDiNFUJKUaoRa5qKR2AAAAAAAf//Z',
  ].join(''),
  'base64',
);

/** What a camera writes beside the picture: here only words that must not be kept. */
export const SECRET = 'taken at N30 15 12, E120 09 55';

/** A JPEG with an EXIF segment, made as large as it is to be by what a camera might write there. */
export function photo(name: string, bytes = 2_000): FilePayload {
  const parts: Buffer[] = [PICTURE.subarray(0, 2)];
  let left = Math.max(bytes - PICTURE.length, 100);
  while (left > 0) {
    const size = Math.min(left, 65_000);
    const content = Buffer.alloc(size, 0x20);
    content.write(`Exif\0\0${SECRET}`, 'latin1');
    parts.push(Buffer.from([0xff, 0xe1, (size + 2) >> 8, (size + 2) & 0xff]), content);
    left -= size + 4;
  }
  parts.push(PICTURE.subarray(2));
  return { name, mimeType: 'image/jpeg', buffer: Buffer.concat(parts) };
}

/** What calls itself a photo and is none. */
export function noPhoto(name: string): FilePayload {
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from('%PDF-1.7 nothing of the kind') };
}
