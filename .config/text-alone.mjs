import ts from "typescript";

/**
 * A browser's translator takes the text nodes of a page away and puts others in their place. React, which keeps its own,
 * then throws where it puts something before or takes away such a text, and leaves the old one where it changes it. An
 * element whose only child is a text is safe: it is emptied and filled as a whole. So texts that change stand alone.
 */
export default {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      mixed: "A text beside other children breaks on a translated page: give it an element of its own.",
      rich: "A rich text that changes breaks on a translated page: key its element by what it says.",
      returned: "A component that draws a bare text breaks on a translated page: give it an element.",
    },
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    // Without types there is nothing to tell a text by.
    if (!services?.program) return {};
    const checker = services.program.getTypeChecker();

    const isText = (type) =>
      type.isUnion()
        ? type.types.some(isText)
        : (type.flags &
            (ts.TypeFlags.StringLike |
              ts.TypeFlags.NumberLike |
              ts.TypeFlags.BigIntLike |
              ts.TypeFlags.Any)) !==
          0;

    const checkChildren = (node) => {
      const children = node.children.filter(isDrawn);
      if (children.length < 2) return;
      for (const child of children) {
        if (child.type !== "JSXExpressionContainer" || child.expression.value === " ") continue;
        // What a layout is given is a page.
        if (child.expression.name === "children" && /layout\.tsx$/.test(context.filename)) continue;
        if (isText(services.getTypeAtLocation(child.expression))) {
          context.report({ node: child, messageId: "mixed" });
        }
      }
    };

    const checkComponent = (node) => {
      if (node.id === null || !/^[A-Z]/.test(node.id.name) || node.async) return;
      const signature = checker.getSignatureFromDeclaration(services.esTreeNodeToTSNodeMap.get(node));
      if (signature !== undefined && isText(checker.getReturnTypeOfSignature(signature))) {
        context.report({ node: node.id, messageId: "returned" });
      }
    };

    const checkRich = (node) => {
      let around = node.parent;
      while (around.type === "ConditionalExpression" || around.type === "JSXExpressionContainer")
        around = around.parent;
      if (around.type !== "JSXElement") return;
      const isKeyed = around.openingElement.attributes.some(({ name }) => name?.name === "key");
      if (!isKeyed) context.report({ node, messageId: "rich" });
    };

    return {
      JSXElement: checkChildren,
      JSXFragment: checkChildren,
      FunctionDeclaration: checkComponent,
      'CallExpression[callee.property.name="rich"]': checkRich,
    };
  },
};

function isDrawn(child) {
  if (child.type === "JSXText") return child.value.trim() !== "";
  return child.type !== "JSXExpressionContainer" || child.expression.type !== "JSXEmptyExpression";
}
