import { sql } from "drizzle-orm";
import { boolean, check, date, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { int8 } from "./columns";

/** One list of prices and rates for each billing country. */
export const priceLists = pgTable(
  "price_lists",
  {
    /** The billing country, lower case: "it". */
    priceList: text("price_list").primaryKey(),
    currency: text("currency").notNull(),
    vatBasisPoints: integer("vat_basis_points").notNull(),
    vatSource: text("vat_source").notNull(),
  },
  (table) => [
    check("price_list_is_a_country", sql`${table.priceList} ~ '^[a-z]{2}$'`),
    check("price_list_vat_in_range", sql`${table.vatBasisPoints} between 0 and 5000`),
  ],
);

/** What one part to a country costs, from a date on. A newer date takes the place of an older one. */
export const destinationRates = pgTable(
  "destination_rates",
  {
    priceList: text("price_list")
      .notNull()
      .references(() => priceLists.priceList),
    /** ISO 3166-1 alpha-2, upper case. */
    country: text("country").notNull(),
    validFrom: date("valid_from", { mode: "string" }).notNull(),
    callingCode: text("calling_code").notNull(),
    creditThousandths: int8("credit_thousandths").notNull(),
    source: text("source").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.priceList, table.country, table.validFrom] }),
    check("destination_rate_positive", sql`${table.creditThousandths} > 0`),
    check("destination_rate_country_form", sql`${table.country} ~ '^[A-Z]{2}$'`),
  ],
);

/** One tier of the price of a credit, from a date on. All tiers of a list with one date stand and fall together. */
export const packPrices = pgTable(
  "pack_prices",
  {
    priceList: text("price_list")
      .notNull()
      .references(() => priceLists.priceList),
    validFrom: date("valid_from", { mode: "string" }).notNull(),
    quantityMin: integer("quantity_min").notNull(),
    /** Excluded; null has no upper end. */
    quantityMax: integer("quantity_max"),
    unitPriceMicros: int8("unit_price_micros").notNull(),
    source: text("source").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.priceList, table.validFrom, table.quantityMin] }),
    check(
      "pack_price_tier_not_empty",
      sql`${table.quantityMax} is null or ${table.quantityMax} > ${table.quantityMin}`,
    ),
    check("pack_price_positive", sql`${table.unitPriceMicros} > 0 and ${table.quantityMin} > 0`),
    // Half a cent rounds up to one: nobody buys for nothing.
    check("pack_price_not_for_nothing", sql`${table.unitPriceMicros} * ${table.quantityMin} >= 5000`),
  ],
);

/** One row, counted up by whatever changes a list: what was read of the lists holds while its number stays. */
export const priceVersion = pgTable(
  "price_version",
  {
    isOnly: boolean("is_only").primaryKey().default(true),
    version: int8("version").notNull(),
  },
  (table) => [check("price_version_is_one_row", sql`${table.isOnly}`)],
);
