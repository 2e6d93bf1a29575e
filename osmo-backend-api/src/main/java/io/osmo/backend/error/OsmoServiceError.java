// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

/**
 * What an answer of the OSMO service means, whatever its status code: the service answers 400 to a wrong token and 500 to an unknown
 * name.
 */
public enum OsmoServiceError {
    /** The service does not accept the token: unknown, expired, or of the wrong length. */
    LOGIN_REFUSED,
    /** The token is accepted, and its roles do not allow this call. */
    DENIED,
    /** The service has nothing of this name. */
    NOT_FOUND,
    /** The service reads its configuration from a file, so no call can change it. */
    DECLARED_BY_FILE,
    /** The service understood the call and refuses it. */
    REFUSED,
    /** No connection, no answer in time, or the service or its gateway is overloaded or restarting. */
    UNAVAILABLE,
    /** The certificate of the service is not trusted, or TLS failed otherwise. */
    UNTRUSTED,
    /** Something answered that is not an OSMO service, or one that this library does not understand. */
    UNEXPECTED_ANSWER,
    /** The service had an internal error. */
    FAILED
}
