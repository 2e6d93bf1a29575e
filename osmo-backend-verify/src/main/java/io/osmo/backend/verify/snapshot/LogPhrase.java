// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/** Log messages of OSMO's operator that reveal what nothing else shows. */
public enum LogPhrase {
    /** The OSMO service does not accept the token. */
    TOKEN_NOT_ACCEPTED("Unable to refresh login token"),
    /** The name of the OSMO service cannot be resolved; that is Python's name for the error. */
    NAME_NOT_RESOLVED("gaierror"),
    /** The same in the words of the operating system, which may be all that is logged. */
    NAME_NOT_KNOWN("Name or service not known"),
    /** The OSMO service has a backend of this name in another cluster. */
    NAME_TAKEN("already being used by a different cluster"),
    /** KAI was not installed when the operator connected. */
    KAI_MISSING("CRD not found on backend"),
    /** A configured file is missing, such as that of the token. */
    NOT_THERE("does not exist!");

    private final String text;

    LogPhrase(String text) {
        this.text = text;
    }

    /** The text as it is logged. */
    public String text() {
        return text;
    }
}
