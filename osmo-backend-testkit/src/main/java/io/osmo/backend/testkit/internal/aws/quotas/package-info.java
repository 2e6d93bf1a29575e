/** Service Quotas. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.quotas;

import org.jspecify.annotations.NullMarked;
