// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/** What OSMO's operator writes into its log when something is wrong that nothing else shows. */
public enum LogPhrase {
    /** The OSMO service does not take the token. */
    TOKEN_NOT_ACCEPTED("Unable to refresh login token"),
    /** The name of the OSMO service cannot be resolved; so Python calls the error. */
    NAME_NOT_RESOLVED("gaierror"),
    /** The same in the words of the system, where they are all that is logged. */
    NAME_NOT_KNOWN("Name or service not known"),
    /** The OSMO service knows the name of the backend for another cluster. */
    NAME_TAKEN("already being used by a different cluster"),
    /** KAI was not installed when the operator connected. */
    KAI_MISSING("CRD not found on backend"),
    /** A file that was configured is not there, such as that of the token. */
    NOT_THERE("does not exist!");

    private final String text;

    LogPhrase(String text) {
        this.text = text;
    }

    /** The words as they are logged. */
    public String text() {
        return text;
    }
}
