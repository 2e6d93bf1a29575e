/** CloudWatch Logs. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.logs;

import org.jspecify.annotations.NullMarked;
