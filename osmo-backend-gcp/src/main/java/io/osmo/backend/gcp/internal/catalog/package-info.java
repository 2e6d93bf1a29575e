/** What Google Cloud offers: machine types, accelerators, zones, versions. */
@NullMarked
package io.osmo.backend.gcp.internal.catalog;

import org.jspecify.annotations.NullMarked;
