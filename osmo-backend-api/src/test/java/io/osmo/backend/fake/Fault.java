// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.fake;

/** What can happen to one call. */
public enum Fault {
    /** The cloud acts, and the answer is lost. */
    LOST_RESPONSE,
    /** 5xx: the cloud has not acted, but the caller cannot know. */
    UNAVAILABLE,
    THROTTLED,
    DENIED,
    CRASH_BEFORE,
    CRASH_AFTER
}
