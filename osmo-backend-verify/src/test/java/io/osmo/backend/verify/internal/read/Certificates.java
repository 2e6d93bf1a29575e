// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

/** Certificates made once with openssl; their keys are gone. */
final class Certificates {
    /** Self-signed, may sign others. */
    static final String AUTHORITY =
            "MIIBfzCCASWgAwIBAgIUZtOnSnurItd6NrOswR/AL/sWt40wCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJYXV0aG9yaXR5MCAXDTI2"
                    + "MTEyODE3MzY0NloYDzIxMjYxMTA0MTczNjQ2WjAUMRIwEAYDVQQDDAlhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC"
                    + "AAS6U0XGlJSbgLNYjmklWkQoBpigSvfktZvEPl33oiOud0FWxeIrQFkJQd5etOc1MdKWpWL0T5MZ/PTKWfaDw+oxo1MwUTAdBgNV"
                    + "HQ4EFgQUKqxOerVMm/rv0FQsEUZN6isc2T0wHwYDVR0jBBgwFoAUKqxOerVMm/rv0FQsEUZN6isc2T0wDwYDVR0TAQH/BAUwAwEB"
                    + "/zAKBggqhkjOPQQDAgNIADBFAiEA/gfumcbY/2l2V9VAiMnznbmH6mDaFKSbtpTOWTwzyw0CIA6nEUbyB/FxZMov/AIozwHtmW8B"
                    + "Ss+4BJyW23BdEB7k";

    static final String AUTHORITY_UNTIL = "2126-11-04T17:36:46Z";

    /** Signed by the authority, may not sign others. */
    static final String LEAF =
            "MIIBezCCASCgAwIBAgIUQaDHVpie0sET6SOGtp2m2kajsYowCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJYXV0aG9yaXR5MCAXDTI2"
                    + "MTEyODE3MzY0NloYDzIxMjYxMTA0MTczNjQ2WjASMRAwDgYDVQQDDAd3ZWJob29rMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"
                    + "oG8yifturWXr2HjTv0wjB9hbw6YRU+qMAAXUM3gF7GcGZRCU6gsj6OZT+KInwhrxP2rhyHWPCFyP4H1DHR+aOaNQME4wDAYDVR0T"
                    + "AQH/BAIwADAdBgNVHQ4EFgQUVpc0KWzptDEErPDN4mSjCxlPDbYwHwYDVR0jBBgwFoAUKqxOerVMm/rv0FQsEUZN6isc2T0wCgYI"
                    + "KoZIzj0EAwIDSQAwRgIhAN3nTHOT3tD4veNc60AYsYAnn8kEIk0RYWOkDQQHdFtkAiEA+an61hM+kDC0vAXuwFAc2KWbOcvGWeMY"
                    + "PKIb2sNBsdU=";

    /** Self-signed and an authority, but with a key that may not sign certificates. */
    static final String NO_SIGNER =
            "MIIBiTCCAS+gAwIBAgIUXGK+xFN9rdY+OpikGIVhPui9vMYwCgYIKoZIzj0EAwIwEjEQMA4GA1UEAwwHd2ViaG9vazAeFw0yNjExMjkx"
                    + "NDI1MzVaFw0zNjExMjYxNDI1MzVaMBIxEDAOBgNVBAMMB3dlYmhvb2swWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARqtekqu7GHoWy0"
                    + "7TpRnygfABdToGnErP3fj5pwSEnKg0N5LJzHHiUFUBUbtrSGD5UTmthEtohFsIYxmQkuhgyYo2MwYTAdBgNVHQ4EFgQUYECZbimVpDaD"
                    + "avRMpWO0/v20e2EwHwYDVR0jBBgwFoAUYECZbimVpDaDavRMpWO0/v20e2EwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCB4Aw"
                    + "CgYIKoZIzj0EAwIDSAAwRQIgDSxQ5WPhS4WLuoK3JJ5wLMTTmMWDRCvjU433xLG7lxACIQDoQfkHfRYbWkWCGL3MCovEUzeNZuBbGqCc"
                    + "IQczGS4rIw==";

    private Certificates() {}
}
