ALTER TABLE "api_answers" ALTER COLUMN "leased_until" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "check_progress" ALTER COLUMN "leased_until" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "api_answers" ADD COLUMN "lease" uuid;--> statement-breakpoint
ALTER TABLE "check_progress" ADD COLUMN "lease" uuid;