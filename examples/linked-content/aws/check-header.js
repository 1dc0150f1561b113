// Viewer request of CloudFront, JavaScript runtime 2.0. Who does not send the header's value gets nothing, and who does gets
// published messages: no listing, and nothing else that the store keeps. The value itself is not known here.
const crypto = require('crypto');

const headerName = ${jsonencode(header_name)};
const headerSHA256 = ${jsonencode(header_sha256)};
const document = /^\/[A-Za-z0-9._=-]+\/line-linked-messages\/[A-Za-z0-9_-]+\.json$/;

function handler(event) {
  const request = event.request;
  const header = request.headers[headerName];
  if (!header || !headerSHA256.includes(crypto.createHash('sha256').update(header.value).digest('hex'))) {
    return { statusCode: 403, statusDescription: 'Forbidden' };
  }
  if (!document.test(request.uri)) {
    return { statusCode: 404, statusDescription: 'Not Found' };
  }
  return request;
}
