// Says on the page that a passkey was not read; allauth only writes it to the console.
document.addEventListener("allauth.error", function () {
  var place = document.getElementById("passkey-failed");
  if (place) { place.hidden = false; place.scrollIntoView({ block: "nearest" }); }
});
