// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.service;

/**
 * What the service answered.
 *
 * @param operation the call, such as {@code GET /api/version}
 */
record ServiceAnswer(String operation, int status, String body) {
    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** The same without what the caller has sent as its credential: a service, or a gateway before it, may quote that. */
    ServiceAnswer without(String credential) {
        return new ServiceAnswer(operation, status, body.replace(credential, "…"));
    }
}
