// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.event;

/**
 * Receives the events of an apply. The events of one apply arrive one at a time and in order, on a thread of the apply, so a listener
 * must not block. Exceptions of a listener are logged and otherwise ignored: they never break an apply.
 *
 * <p>Written as the letters of {@link Event#letter()}, the events of one apply match
 *
 * <pre>{@code B[sawrdfkcl]*E}</pre>
 *
 * and those of one resource match
 *
 * <pre>{@code [kc]|s[awr]*[dfkc](s[awr]*[dfc])?}</pre>
 *
 * where the second part appears only if the resources of a failed pool are deleted again. An apply that fails before it starts to change
 * anything (invalid spec, stale plan, no lease) has no events at all.
 */
@FunctionalInterface
public interface ProgressListener {
    /** Events of one apply, as a regular expression over {@link Event#letter()}. */
    String APPLY_GRAMMAR = "B[sawrdfkcl]*E";

    /** Events of one resource within an apply, as a regular expression over {@link Event#letter()}. */
    String RESOURCE_GRAMMAR = "([kc]|s[awr]*[dfkc])+";

    void onEvent(Event event);
}
