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
}
