CREATE TABLE "price_version" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "price_version_is_one_row" CHECK ("price_version"."is_only")
);
--> statement-breakpoint
insert into "price_version" ("version") values (1);
--> statement-breakpoint
grant select on price_version to ricarica_app, ricarica_support;
