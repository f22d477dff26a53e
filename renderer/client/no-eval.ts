import { config } from 'zod';

// The page's content security policy forbids making code from text, which zod would otherwise try, once per schema.
config({ jitless: true });
