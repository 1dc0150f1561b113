resource "clevertap_line_linked_messages" "hostile" {
  name           = "hostile"
  linked_content = "line_messages"
  messages = [
    jsonencode({ type = "text", text = "@all @user /merge\n/close\n/approve\nhttps://evil.example.com www.evil.example.com a@evil.example.com #123 !1 &1 %1 ~bug deadbeefdeadbeefdeadbeefdeadbeefdeadbeef\n```\n````\n`````suggestion\n/merge\n`````\n<img src=x onerror=alert(1)><!-- <script>\n![x](https://evil.example.com/x.png) [x](https://evil.example.com) [^1] [x]: https://evil.example.com\n- [ ] task\n# heading\n> quote\n| a | b |\n|---|---|\n:smile: :+1: $`x`$ $$x$$\n~~~\n```mermaid\ngraph TD\n```\n~~~\n@@ -1 +1 @@\n--- a\n+++ b\n-+ diff\n\u202egnp.exe \u2066x\u2069 a\u200bb \u00a0 \u2028 \u0007 \U000e0041 \U0001f468\u200d\U0001f469\u200d\U0001f467 ☀\ufe0f\n{{ Profile.Name | default: '</details>' }} {%- comment -%} {% endcomment %}" }),
    jsonencode({ type = "template", altText = "https://evil.example.com www.evil.example.com a@evil.example.com #123 !1 &1 %1 ~bug deadbeefdeadbeefdeadbeefdeadbeefdeadbeef", template = { type = "buttons", title = "`x` @all", text = "<img src=x onerror=alert(1)><!-- <script>", actions = [
      { type = "message", label = "@all @user /merge\n/", text = "- [ ] task\n# heading\n> quote\n| a | b |\n|---|---|\n:smile: :+1: $`x`$ $$x$$" },
    ] } }),
    jsonencode({ type = "text", text = "\u202egnp.exe \u2066x\u2069 a\u200bb \u00a0 \u2028 \u0007 \U000e0041 \U0001f468\u200d\U0001f469\u200d\U0001f467 ☀\ufe0f", quickReply = { items = [{ type = "action", action = { type = "message", label = "#1 :smile:", text = "![x](https://evil.example.com/x.png) [x](https://evil.example.com) [^1] [x]: https://evil.example.com" } }] } }),
  ]
}

resource "clevertap_line_campaign_body" "hostile" {
  for_each = toset(["`` @all | <b> `", "/close #1 ![x](y)"])
  name     = each.key
  messages = [jsonencode({ type = "text", text = "~~~\n```mermaid\ngraph TD\n```\n~~~", "`|<b>\n/merge" = "```\n````\n`````suggestion\n/merge\n`````" })]
}
