CREATE TABLE "api_users" (
	"customer_id" text NOT NULL,
	"service_name" text NOT NULL,
	"login" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_users_customer_id_service_name_login_pk" PRIMARY KEY("customer_id","service_name","login"),
	CONSTRAINT "api_user_login_form" CHECK ("api_users"."login" ~ '^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$')
);
--> statement-breakpoint
ALTER TABLE "api_users" ADD CONSTRAINT "api_user_of_an_sms_account" FOREIGN KEY ("customer_id","service_name") REFERENCES "public"."sms_accounts"("customer_id","service_name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_users_by_login" ON "api_users" USING btree ("service_name","login");--> statement-breakpoint
grant select, insert, update, delete on api_users to ricarica_app;
