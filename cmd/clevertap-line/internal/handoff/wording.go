package handoff

// wording is the page's own words in one language. %s are filled in that order.
type wording struct {
	Title, About, Planned, Errored, Partial string

	Unreadable, ToDo, NothingToDo, Receipts, Rest string // headings of the parts

	Enter, Change, Remove                        string // what is to be done
	Kinds                                        map[string]string
	EnterNote, ChangeNote, NoContent, RemoveNote string
	Receipt, NoReceipt                           string

	Sensitive, SensitivePicture, Unknown, UnknownPicture, NotNoted string

	New, Changed, Unchanged, Gone, Empty, Now, Wanted, Done, KeyOf string

	Messages, OldMessages, LinkedMessages, LinkedElsewhere, RemovedMessages string

	Copy, CopyName, CopyCommand, Copied, NotCopied, NotKept, Progress, AllProgress string

	Form, Command, CommandNote, AfterApply, Job, JobNote, NoReceipts string

	Entered, Published, Forgotten, Nothing string
}

func wordingOf(language string) *wording {
	if language == "ja" {
		return &japanese
	}
	return &english
}

var english = wording{
	Title: "CleverTap's dashboard, account %s",
	About: "What is declared, and is to be entered by hand. Work from top to bottom, tick off what is done, and write the receipts at the " +
		"end. Names of fields are the dashboard's own.",
	Planned: "This page is of what holds after a plan is applied. Apply it first.",
	Errored: "The plan ended with an error, so that it may not be whole.",
	Partial: "The plan leaves changes for a later one.",

	Unreadable:  "What cannot be read",
	ToDo:        "To do in the dashboard",
	NothingToDo: "There is nothing to do: the dashboard holds what is declared.",
	Receipts:    "When it is done: the receipts",
	Rest:        "Nothing to do",

	Enter:  "Enter",
	Change: "Change",
	Remove: "Remove",
	Kinds: map[string]string{
		"webhook-templates": "webhook template", "linked-content": "Linked Content API", "line-campaign-bodies": "campaign",
		"line-linked-messages": "linked messages",
	},
	EnterNote:  "It is not in the dashboard yet.",
	ChangeNote: "It is in the dashboard: open it there, and add no second one.",
	NoContent:  "What was entered is not known any more, so that each row is to be looked at.",
	RemoveNote: "It is declared no more. If the dashboard does not let you, stop it or take it out of use there.",
	Receipt:    "Entered by %s, %s.",
	NoReceipt:  "Not in the dashboard",

	Sensitive: "Sensitive: the plan marks something of it as sensitive, so that nothing of it is shown here. clevertap-line handoff " +
		"--show-sensitive shows it.",
	SensitivePicture: "The messages are sensitive: clevertap-line handoff --show-sensitive shows them.",
	Unknown:          "Not known before the plan is applied: %s. Make this page once more after that.",
	UnknownPicture:   "The messages are not known before the plan is applied.",
	NotNoted:         "The commands below leave it out.",

	New:       "new",
	Changed:   "changed",
	Unchanged: "unchanged",
	Gone:      "remove this",
	Empty:     "(empty)",
	Now:       "In the dashboard",
	Wanted:    "To enter",
	Done:      "Done",
	KeyOf:     "name",

	Messages:       "What the messages look like",
	OldMessages:    "Messages in the dashboard now",
	LinkedMessages: "Linked messages %s",
	LinkedElsewhere: "The body reads its messages when it sends. They are neither in this store nor in a plan given with --plan, so that " +
		"there is no picture.",
	RemovedMessages: "What was entered",

	Copy:        "Copy",
	CopyName:    "Copy name",
	CopyCommand: "the commands",
	Copied:      "Copied",
	NotCopied:   "The browser did not let it be copied. Select the text and copy it yourself",
	NotKept:     "This browser keeps nothing for this page: the ticks are lost when it is closed.",
	Progress:    "%s of %s steps",
	AllProgress: "%s of %s steps done",

	Form:        "For the form of the pipeline's job, once it is done:",
	Command:     "Run this where the store is reached, or give it to somebody who can:",
	CommandNote: "It notes all of the above. Leave out the lines, and after --removed the names, of what is not done.",
	AfterApply:  "Run it after the plan is applied.",
	Job:         "The pipeline's job that writes the receipts",
	JobNote:     "Or start the pipeline's job:",
	NoReceipts:  "No receipt can be written from this page.",

	Entered:   "Entered already",
	Published: "Linked messages: an apply publishes them, and nothing is entered",
	Forgotten: "Given up by Terraform with this plan. What of it is in the dashboard stays there, declared by nobody",
	Nothing:   "The account has no objects.",
}

var japanese = wording{
	Title: "CleverTapダッシュボードの作業 (アカウント%s)",
	About: "宣言されていて、手作業で入力する内容です。上から順に作業し、済んだ手順にチェックを入れ、最後に入力記録 (receipt) を書き込みます。" +
		"フィールド名はダッシュボードの表示のままです。",
	Planned: "このページは、プランをapplyした後の状態を示します。先にapplyしてください。",
	Errored: "プランはエラーで終わったため、完全でない可能性があります。",
	Partial: "このプランでは一部の変更が後回しになっています。",

	Unreadable:  "読み取れないもの",
	ToDo:        "ダッシュボードでの作業",
	NothingToDo: "作業はありません。ダッシュボードの内容は宣言どおりです。",
	Receipts:    "作業後: 入力記録 (receipt)",
	Rest:        "作業が不要なもの",

	Enter:  "新規入力",
	Change: "変更",
	Remove: "削除",
	Kinds: map[string]string{
		"webhook-templates": "Webhookテンプレート", "linked-content": "Linked Content API", "line-campaign-bodies": "キャンペーン",
		"line-linked-messages": "linked messages",
	},
	EnterNote:  "まだダッシュボードにありません。",
	ChangeNote: "すでにダッシュボードにあります。それを開いて変更し、新しく追加しないでください。",
	NoContent:  "以前に入力した内容が不明なため、すべての行を確認してください。",
	RemoveNote: "もう宣言されていません。削除できない場合は、停止するなどして使われないようにしてください。",
	Receipt:    "入力者: %s、%s。",
	NoReceipt:  "ダッシュボードにありません",

	Sensitive: "機密: プランがこのオブジェクトの一部をsensitiveとしているため、内容を表示しません。clevertap-line handoff --show-sensitiveで" +
		"表示できます。",
	SensitivePicture: "メッセージは機密です。clevertap-line handoff --show-sensitiveで表示できます。",
	Unknown:          "applyするまで値がわかりません: %s。apply後にこのページを作り直してください。",
	UnknownPicture:   "メッセージの内容はapplyするまでわかりません。",
	NotNoted:         "下のコマンドには含まれません。",

	New:       "追加",
	Changed:   "変更あり",
	Unchanged: "変更なし",
	Gone:      "この項目を削除",
	Empty:     "(空)",
	Now:       "現在のダッシュボード",
	Wanted:    "入力する内容",
	Done:      "完了",
	KeyOf:     "名前",

	Messages:        "メッセージの表示例",
	OldMessages:     "現在ダッシュボードにあるメッセージ",
	LinkedMessages:  "linked messages %s",
	LinkedElsewhere: "本文は送信時にメッセージを読み込みます。このストアにも--planのプランにもないため、表示例はありません。",
	RemovedMessages: "入力されていた内容",

	Copy:        "コピー",
	CopyName:    "名前をコピー",
	CopyCommand: "コマンド",
	Copied:      "コピーしました",
	NotCopied:   "ブラウザがコピーを許可しませんでした。テキストを選択してコピーしてください",
	NotKept:     "このブラウザはこのページのチェックを保存しません。閉じると失われます。",
	Progress:    "手順 %s / %s",
	AllProgress: "完了した手順 %s / %s",

	Form:        "完了後にパイプラインのジョブのフォームへ入力する値:",
	Command:     "ストアに接続できる環境で実行するか、実行できる人に渡してください。",
	CommandNote: "上のすべてを記録します。済んでいないものは、その行、または--removedの後のその名前を除いてください。",
	AfterApply:  "プランをapplyした後に実行してください。",
	Job:         "入力記録を書き込むパイプラインのジョブ",
	JobNote:     "または、パイプラインのジョブを開始してください。",
	NoReceipts:  "このページから書き込める入力記録はありません。",

	Entered:   "入力済み",
	Published: "linked messages: applyで公開されるため、入力は不要です",
	Forgotten: "このプランでTerraformの管理から外れるもの。ダッシュボードにある内容は残りますが、どこにも宣言されなくなります",
	Nothing:   "このアカウントにはオブジェクトがありません。",
}
