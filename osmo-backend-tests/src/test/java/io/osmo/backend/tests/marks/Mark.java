// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.marks;

/**
 * One tag, label or description of one object in a cloud, and how somebody takes it off and puts it back.
 *
 * @param object as the cloud calls it
 * @param key of the tag or label; the field that holds a description
 */
record Mark(String cloud, String object, String key, Runnable remove, Runnable restore) {
    @Override
    public String toString() {
        return cloud + ": " + object + " without " + key;
    }
}
