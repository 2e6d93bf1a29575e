// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events to the host's listeners; an exception of a listener does not affect the operation. */
final class Emitter {
    private static final Logger LOG = LoggerFactory.getLogger("io.osmo.backend.apply");

    private final List<ProgressListener> listeners;
    private final Set<ProgressListener> broken = Collections.newSetFromMap(new IdentityHashMap<>());

    Emitter(List<ProgressListener> listeners) {
        this.listeners = listeners;
    }

    void emit(Event event) {
        log(event);
        for (ProgressListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                if (broken.add(listener)) {
                    LOG.warn("A progress listener failed, and may fail again; the apply continues", e);
                }
            }
        }
    }

    private static void log(Event event) {
        if (event instanceof Event.ResourceDone done) {
            LOG.info("{}: {} {} after {}", done.ref(), done.resource(), done.action(), done.elapsed());
        } else {
            LOG.debug("{}", event);
        }
    }
}
