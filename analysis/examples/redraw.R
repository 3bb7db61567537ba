#!/usr/bin/env Rscript
# Redraws who holds power over time from a merged sweep (coopsim merge DIR -o FILE).
#
# usage: Rscript redraw.R FILE.h5 PICTURE.pdf          Needs Debian's r-base-core and r-bioc-rhdf5.
suppressMessages(library(rhdf5))
arguments <- commandArgs(trailingOnly = TRUE)
read <- function(name) h5read(arguments[1], name)
# R turns the axes of HDF5 around: power_top20(run, time) is a matrix of times by runs.
share <- read("power_top20")
years <- read("time") / 52
last_year <- read("power_top20_final")          # mean of the last 52 weeks of each run
group <- paste(read("case"), read("twin"), sep = "\t")  # twin "" is the case itself
group[read("status") != 0] <- NA                # runs that were not finished
groups <- sort(unique(na.omit(group)))
pdf(arguments[2])
plot(range(years), range(share, na.rm = TRUE), type = "n", xlab = "years",
     ylab = "share of power of the top 20 %")
for (g in seq_along(groups)) {
  runs <- which(group == groups[g])             # the replicates of a case or of its twin
  mean <- rowMeans(share[, runs, drop = FALSE])
  spread <- apply(share[, runs, drop = FALSE], 1, sd)
  polygon(c(years, rev(years)), c(mean - spread, rev(mean + spread)), border = NA,
          col = adjustcolor(g, .15))            # one standard deviation over replicates
  lines(years, mean, col = g, lwd = 2)
  cat(sub("\t$", "\t-", groups[g]), length(runs), sprintf("%.6f", mean(last_year[runs])), sep = "\t")
  cat("\n")
}
legend("topleft", sub("\t", " ", groups), col = seq_along(groups), lwd = 2, bty = "n")
invisible(dev.off())
