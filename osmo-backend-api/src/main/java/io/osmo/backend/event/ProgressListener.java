// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.event;

/**
 * Hears what an apply does. Events of one apply come one at a time and in order, on whatever thread has made the progress;
 * a listener must not block. What a listener throws is logged and otherwise ignored: it never breaks an apply.
 *
 * <p>With the letters of {@link Event#letter()}, the events of one apply match
 *
 * <pre>{@code B[sawrdfkcl]*E}</pre>
 *
 * and those among them that belong to one resource match
 *
 * <pre>{@code [kc]|s[awr]*[dfkc](s[awr]*[dfc])?}</pre>
 *
 * where the second part is there only if what was made of a failed pool is deleted again. An apply that fails before it
 * starts to change anything (invalid spec, stale plan, no lease) has no events at all.
 */
@FunctionalInterface
public interface ProgressListener {
    /** Events of one apply, as a regular expression over {@link Event#letter()}. */
    String APPLY_GRAMMAR = "B[sawrdfkcl]*E";

    /** Events of one resource within an apply, as a regular expression over {@link Event#letter()}. */
    String RESOURCE_GRAMMAR = "([kc]|s[awr]*[dfkc])+";

    void onEvent(Event event);
}
