/** Views and messages with everything that the page draws beyond cards. */
export const plain = (text: string) => ({ type: "plain_text", text });
export const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
export const mrkdwn = (text: string) => ({ type: "mrkdwn", text });

const raw = (text: string) => ({ type: "raw_text", text });

export const aDataTable = (rows: number) => ({
  type: "data_table",
  caption: "Snapshots of web-01",
  page_size: 3,
  row_header_column_index: 1,
  rows: [
    ["No.", "Name", "Taken", "Size", "Taken by"].map(raw),
    ...Array.from({ length: rows }, (_, index) => [
      { type: "raw_number", value: index + 1, text: `${index + 1}` },
      raw(`before-the-kernel-upgrade-${index + 1}`),
      raw("16 November 2026, 09:00"),
      { type: "raw_number", value: 7.4, text: "7.4 GB" },
      {
        type: "rich_text",
        elements: [
          { type: "rich_text_section", elements: [{ type: "user", user_id: "U0ANNA", style: { bold: true } }] },
        ],
      },
    ]),
  ],
});

const richText = {
  type: "rich_text",
  elements: [
    {
      type: "rich_text_section",
      elements: [
        { type: "text", text: "VMs with " },
        { type: "text", text: "trouble", style: { bold: true } },
        { type: "text", text: ": " },
        { type: "link", url: "https://example.com/", text: "the log" },
      ],
    },
    {
      type: "rich_text_list",
      style: "bullet",
      elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "db-01", style: { code: true } }] }],
    },
  ],
};

export const aHome = {
  type: "home",
  blocks: [
    { type: "header", text: plain("Your VMs") },
    {
      type: "actions",
      block_id: "find",
      elements: [
        { type: "external_select", action_id: "vm", min_query_length: 1, placeholder: plain("Find a VM") },
        { type: "button", action_id: "create", text: plain("New snapshot"), style: "primary", value: "new" },
      ],
    },
    ...["web-01", "web-02"].map((vm) => ({
      type: "section",
      block_id: `row.${vm}`,
      text: mrkdwn(`*${vm}* Running`),
      accessory: { type: "overflow", action_id: "row", options: [option("Rename"), option("Delete")] },
    })),
    {
      type: "actions",
      block_id: "show",
      elements: [
        {
          type: "radio_buttons",
          action_id: "which",
          options: [option("Mine"), option("All")],
          initial_option: option("Mine"),
        },
        {
          type: "checkboxes",
          action_id: "states",
          options: [option("Running"), option("Stopped")],
          initial_options: [option("Running")],
        },
        {
          type: "multi_static_select",
          action_id: "tags",
          placeholder: plain("Tags"),
          options: [option("Prod"), option("Test")],
        },
        { type: "multi_external_select", action_id: "vms", min_query_length: 1, placeholder: plain("VMs") },
      ],
    },
    {
      type: "input",
      block_id: "search",
      label: plain("Search"),
      dispatch_action: true,
      element: { type: "plain_text_input", action_id: "words", placeholder: plain("A name or a part of it") },
    },
    richText,
    aDataTable(7),
    {
      type: "table",
      column_settings: [{}, { align: "right" }],
      rows: [
        [raw("VM"), raw("Snapshots")],
        [raw("web-01"), { type: "raw_number", value: 3, text: "3" }],
      ],
    },
  ],
};

export const aDialog = (more: object[] = []) => ({
  type: "modal",
  title: plain("Delete snapshots"),
  submit: plain("Delete"),
  blocks: [
    ...more,
    {
      type: "input",
      block_id: "which",
      label: plain("Which ones"),
      dispatch_action: true,
      element: { type: "checkboxes", action_id: "ids", options: [option("Old"), option("Older")] },
    },
    {
      type: "input",
      block_id: "name",
      label: plain("Type the VM's name"),
      element: { type: "plain_text_input", action_id: "name" },
    },
  ],
});
