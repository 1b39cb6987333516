export { default } from "@/app/(panel)/layout";
