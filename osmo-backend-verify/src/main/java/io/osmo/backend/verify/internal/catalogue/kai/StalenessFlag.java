// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.kai;

import io.osmo.backend.verify.check.Severity;

/** Otherwise KAI evicts a gang 60 seconds after one of its members has ended. Any negative time means never. */
public final class StalenessFlag extends SchedulerFlag {

    public StalenessFlag() {
        super("kai.flag-staleness", "default-staleness-grace-period", "-1s", Severity.ERROR);
    }

    @Override
    boolean good(String value) {
        return value.matches("-.*[1-9].*");
    }
}
