package dialog

// wording is what rows say in one language, besides what the dashboard shows.
type wording struct {
	secret, secretVersion, click string

	templateName, noAuthentication, headersOn, lineToken, create, createTest, createTestAtLine string // webhook template

	// authentication of a webhook template
	leaveEmpty, basicAuthorization, oauth2, registerKey, regenerate, expiration, generate, mapToken, expiry string
	lineRegisterKey, lineKid, lineKidNote, lineExpiration, lineExpirationNote, lineExpiry, lineExpiryNote   string

	apiName, secretOfAPI, testParameters, and, testAnswer, answerDocument, answerProduct string // Linked Content API
	labels, labelParts, labelAttributes, labelVariant                                    string
	parameterMessages, parameterVariant, parameterEither                                 string

	campaignName, webhook, anyWebhook, who, oneProfile, fixedRecipient, wholeText, bodyStays string // campaign
	picker, sendTest, blocked, cached, atMost, throttle, schedule                            string
	beforeBody, constant, variantProperty, mandatory                                         string
}

func wordingOf(language string) *wording {
	if language == "ja" {
		return &japanese
	}
	return &english
}

var english = wording{
	secret:        "the secret value",
	secretVersion: "the secret value, version %s",
	click:         "click it",

	templateName:     "exactly so: campaigns choose the template by its name",
	noAuthentication: "the token is in a header",
	headersOn:        "one + Key-Value Pair for each header that follows",
	lineToken: "Bearer, a space and a channel access token: a long-lived one, or one of v2.1, which ends after 30 days at the " +
		"latest; never a stateless token, which ends after 15 minutes",
	create: "click Create, or Save where it is called so",
	createTest: `CleverTap then posts a test payload with "is_test": true to the Destination URL and, by its guide, saves only if the ` +
		"answer is 200",
	createTestAtLine: "; LINE answers 400, since the payload holds no message: if CleverTap refuses to save, save with a URL that answers " +
		"200 and change Destination URL afterwards",

	leaveEmpty:         "leave it empty",
	basicAuthorization: "CleverTap sends user name and password with each request",
	oauth2:             "CleverTap gets the tokens itself: enter no header Authorization",
	registerKey:        "click it, and register the key that is shown with the server of the Access Token URL",
	regenerate: "where there is a key already, leave it: Regenerate Public Key ends what it signed, and CleverTap gets no more tokens until " +
		"the new one is registered",
	expiration: "in the form that the field asks for; CleverTap's guide shows a point in time, in seconds since 1970",
	generate:   "CleverTap then asks the Access Token URL for a token. If it gets none, nothing below can be chosen",
	mapToken:   "the member of the answer that holds it",
	expiry:     "as long as the token lives by the answer, or shorter",
	lineRegisterKey: "click it, make a JWK of the key that is shown with the function line_assertion_key, and register that in the LINE " +
		"Developers Console: the channel, Basic settings, Assertion Signing Key",
	lineKid:        "the kid that the LINE Developers Console shows for the registered key",
	lineKidNote:    "write it into the declaration, too, as key_id",
	lineExpiration: "30 minutes, or less",
	lineExpirationNote: "LINE takes no assertion that lives for longer. If the field asks for a point in time, look whether messages are " +
		"still sent after it",
	lineExpiry: "10 minutes, or expires_in of the answer",
	lineExpiryNote: "LINE's tokens live for 15 minutes, and any number may be had: a campaign needs the next one before the end of the one " +
		"it has",

	apiName:        "exactly so: campaign bodies read Linked.%s",
	secretOfAPI:    "a secret for CleverTap alone: whoever may open this dialog may read it",
	testParameters: "Enter %s of a published document, then Send Request",
	and:            " and ",
	testAnswer: "the answer must be JSON with %s. Where nothing is published there is nothing to read: apply linked messages " +
		"first",
	answerDocument: "name, shape, parts and unit",
	answerProduct:  "name and attributes",
	labels:         "called so: bodies read them. ",
	labelParts:     "parts is one label, however many texts it has",
	labelAttributes: "attributes is one label, with all columns in it; where the answer calls it customAttributes, give the " +
		"provider's block catalog that attributes_key",
	labelVariant:      "; variant_of where documents have it: test with one of a variant",
	parameterMessages: "the name of linked messages: each campaign gives it as a constant, such as welcome",
	parameterVariant:  "which variant of the messages, such as the language: each campaign maps it to a profile property",
	parameterEither: "each campaign gives it: as a constant if it names linked messages, from a profile property if it chooses a variant of " +
		"them, such as the language",

	campaignName:   "so that declaration and dashboard call it the same",
	webhook:        "under Start here, with the qualification of your campaign",
	anyWebhook:     "the webhook template that posts to LINE's push API",
	who:            "besides your own conditions; without it, profiles that lack the property get %q, and LINE answers 400 to each",
	oneProfile:     "An audience of one profile",
	fixedRecipient: "the recipient is fixed: every profile in the audience sends the message to it once more",
	wholeText:      "the whole text, as it is",
	bodyStays:      "; it stays while the texts of the messages change",
	picker:         "how the editor's picker shows the recipient, for those who type @ and choose it there; not to be pasted",
	sendTest:       "Send to a profile of your own",
	blocked:        "LINE answers 200 for users who blocked the account, too: look at the phone",
	cached:         ". CleverTap keeps what it has read for up to 5 minutes",
	atMost:         "At most 300,000 messages in 5 minutes",
	throttle: "each is a request, and LINE takes 2,000 a second from all who send for the channel; this is half of that. Above it LINE " +
		"answers 429, and CleverTap gives a message up after a few repetitions",
	schedule: "Set the schedule, then publish",

	beforeBody:      "before the body is pasted, which reads it",
	constant:        "a constant, exactly so: with another one, nothing is sent",
	variantProperty: "The profile property that chooses it, such as the language",
	mandatory:       "a parameter in the path is mandatory: a profile without the property gets nothing",
}

var japanese = wording{
	secret:        "シークレットの値",
	secretVersion: "シークレットの値 (バージョン%s)",
	click:         "クリックします",

	templateName:     "このとおりに入力します。キャンペーンはテンプレートを名前で選びます",
	noAuthentication: "トークンはヘッダーに入れます",
	headersOn:        "以下のヘッダーごとに+ Key-Value Pairを1つ追加します",
	lineToken: "Bearer、半角スペース、チャネルアクセストークンの順に入力します。トークンは長期のもの、またはv2.1のもの (最長30日で失効) を使います。" +
		"15分で失効するステートレストークンは使えません",
	create:     "Create (Saveと表示される場合はSave) をクリックします",
	createTest: `CleverTapは"is_test": trueを含むテストデータをDestination URLにPOSTします。ガイドによると、応答が200の場合だけ保存されます`,
	createTestAtLine: "。このデータにはメッセージがないため、LINEは400を返します。CleverTapが保存しない場合は、200を返すURLで保存してからDestination URLを" +
		"変更してください",

	leaveEmpty:         "空のままにします",
	basicAuthorization: "CleverTapはリクエストごとにユーザー名とパスワードを送ります",
	oauth2:             "トークンはCleverTapが自分で取得します。Authorizationヘッダーは入力しません",
	registerKey:        "クリックして、表示された公開鍵をAccess Token URLのサーバーに登録します",
	regenerate: "鍵がすでにある場合はそのままにします。Regenerate Public Keyを押すと以前の署名は無効になり、新しい鍵を登録するまでCleverTapは" +
		"トークンを取得できません",
	expiration: "フィールドが求める形式で入力します。CleverTapのガイドの例は時刻 (1970年からの秒数) です",
	generate:   "CleverTapがAccess Token URLにトークンを要求します。取得できなければ、以下の項目は選べません",
	mapToken:   "応答の中でそれを持つ項目です",
	expiry:     "応答にあるトークンの有効期間、またはそれより短い時間",
	lineRegisterKey: "クリックし、表示された公開鍵を関数line_assertion_keyでJWKにして、LINE Developersコンソールのチャネル基本設定にあるアサーション署名キーに" +
		"登録します",
	lineKid:            "登録した公開鍵についてLINE Developersコンソールが表示するkid",
	lineKidNote:        "key_idとして宣言にも書きます",
	lineExpiration:     "30分、またはそれより短い時間",
	lineExpirationNote: "LINEはこれより長く有効なアサーションを受け付けません。時刻を入力するフィールドの場合は、その時刻の後もメッセージが送信されるか確認してください",
	lineExpiry:         "10分、または応答のexpires_in",
	lineExpiryNote:     "LINEのトークンの有効期間は15分で、数に制限なく発行できます。キャンペーンは期限が切れる前に次のトークンを必要とします",

	apiName:        "このとおりに入力します。キャンペーンの本文はLinked.%sを読み込みます",
	secretOfAPI:    "CleverTap専用のシークレットです。このダイアログを開ける人は値を読めます",
	testParameters: "公開済みドキュメントの%sを入力してからSend Request",
	and:            "と",
	testAnswer:     "応答は%sを含むJSONでなければなりません。何も公開されていなければ読み込めないため、先にlinked messagesをapplyしてください",
	answerDocument: "name、shape、parts、unit",
	answerProduct:  "nameとattributes",
	labels:         "この名前のままにします。本文がこの名前で読み込みます。",
	labelParts:     "partsはテキストの数にかかわらず1つのラベルです",
	labelAttributes: "attributesはすべての列を含む1つのラベルです。応答でcustomAttributesと呼ばれている場合は、プロバイダーのcatalogブロックの" +
		"attributes_keyに指定してください",
	labelVariant:      "。ドキュメントにvariant_ofがある場合はそれも含めます。バリアントのドキュメントでテストしてください",
	parameterMessages: "linked messagesの名前です。各キャンペーンがwelcomeなどの定数として指定します",
	parameterVariant:  "言語など、メッセージのバリアントです。各キャンペーンがプロフィールプロパティに対応付けます",
	parameterEither: "各キャンペーンが指定します。linked messagesの名前なら定数で、言語などのバリアントを選ぶものなら" +
		"プロフィールプロパティで指定します",

	campaignName:   "宣言とダッシュボードで同じ名前にするためです",
	webhook:        "Start hereの下で、キャンペーンのqualificationとともに選びます",
	anyWebhook:     "LINEのプッシュAPIにPOSTするWebhookテンプレート",
	who:            "ほかの条件に加えて指定します。指定しないと、このプロパティのないプロフィールには%qが入り、LINEは1件ごとに400を返します",
	oneProfile:     "プロフィール1件だけのオーディエンス",
	fixedRecipient: "宛先は固定です。オーディエンスのプロフィール1件ごとに、同じ宛先へもう1通送信されます",
	wholeText:      "テキスト全体をそのまま貼り付けます",
	bodyStays:      "。メッセージのテキストが変わっても、この本文は変わりません",
	picker:         "@を入力して宛先を選ぶ場合の、エディターでの表示です。貼り付けるものではありません",
	sendTest:       "自分のプロフィールに送信します",
	blocked:        "アカウントをブロックしたユーザーに対してもLINEは200を返します。スマートフォンで確認してください",
	cached:         "。CleverTapは読み込んだ内容を最長5分間保持します",
	atMost:         "5分間に最大300,000件",
	throttle: "1件が1リクエストです。LINEが受け付けるのは、チャネルの全送信元を合わせて毎秒2,000件で、この値はその半分です。超えるとLINEは429を返し、" +
		"CleverTapは数回の再試行後にメッセージを諦めます",
	schedule: "スケジュールを設定して公開します",

	beforeBody:      "これを読み込む本文を貼り付ける前に行います",
	constant:        "定数として、このとおりに入力します。違う値では何も送信されません",
	variantProperty: "言語など、バリアントを選ぶプロフィールプロパティ",
	mandatory:       "パスの中のパラメーターは必須です。このプロパティのないプロフィールには何も送信されません",
}
