// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.autoscaler;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Concern;
import java.util.List;

/** That a backend has one autoscaler. What is installed is part of the inside of the cluster. */
public final class AutoscalerConcern implements Concern<AwsContext> {
    @Override
    public List<Violation> validate(BackendSpec spec) {
        return AutoscalerChart.validate(spec);
    }
}
